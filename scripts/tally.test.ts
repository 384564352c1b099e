import { join } from 'node:path'
import { cwd } from 'node:process'
import { expect, test } from 'vitest'
import {
  againLine,
  failedTests,
  failedUnitTests,
  failLine,
  joinReports,
  skipLine,
  skippedTests,
  tallyLine,
  tallyOf,
  toldLinesOf,
  testsPlayedAgain,
} from './lib/tally.mjs'

const WHY = 'missing system tool: turnserver'
const specOf = (title: string, status: string, type = 'skip') => ({
  title,
  tests: [{ status, annotations: [{ type, description: WHY }] }],
})

test('what a report says was skipped is found in suites of any depth, with its reason', () => {
  const inner = { specs: [specOf('through TURN', 'skipped'), specOf('together', 'expected')] }
  const report = { suites: [{ suites: [inner] }, { specs: [specOf('alone', 'skipped', 'slow')] }] }

  const skipped = skippedTests(report)

  expect(skipped.map(skipLine)).toEqual([
    `skipped: through TURN (${WHY})`,
    'skipped: alone (no reason given)',
  ])
})

test('skips are passed on from a part of the run, and its tally is still its last line', () => {
  const skips = [skipLine({ title: 'a', why: WHY }), skipLine({ title: 'b', why: undefined })]
  const output = ['ok', ...skips, tallyLine({ passed: 3, failed: 0 }), ''].join('\n')

  expect(toldLinesOf({ output })).toEqual(skips)
  expect(tallyOf({ code: 0, output })).toEqual({ passed: 3, failed: 0 })
  expect(toldLinesOf({ output: 'nothing skipped:\n' })).toEqual([])
})

test('what failed is named with its file, apart from what passed at a second try', () => {
  const inner = { specs: [{ ...specOf('in phase', 'unexpected'), file: 'late.spec.ts' }] }
  const others = [
    specOf('together', 'expected'),
    { ...specOf('again', 'flaky'), file: 'b.spec.ts' },
  ]

  const report = { suites: [{ suites: [inner] }, { specs: others }] }

  const lines = [...failedTests(report).map(failLine), ...testsPlayedAgain(report).map(againLine)]

  expect(lines).toEqual(['failed: late.spec.ts: in phase', 'second try: b.spec.ts: again'])
  expect(toldLinesOf({ output: ['ok', ...lines, '2 passed, 1 failed'].join('\n') })).toEqual(lines)
})

test('what failed says why in one line, with where it is', () => {
  const message = `\u001b[31mError\u001b[39m: expected 2 notes\n\n  got 1 ${'x'.repeat(400)}`
  const failed = {
    ...{ title: 'in phase', file: 'late.spec.ts' },
    tests: [
      {
        ...{ status: 'unexpected', annotations: [] },
        results: [{}, { error: { message, location: { line: 12 } } }],
      },
    ],
  }
  const testResults = [
    {
      ...{ name: join(cwd(), 'a.test.ts'), status: 'failed' },
      assertionResults: [{ fullName: 'is late', status: 'failed', failureMessages: [message] }],
    },
    {
      ...{ name: join(cwd(), 'b.test.ts'), status: 'failed', assertionResults: [] },
      message: 'no such\nmodule',
    },
  ]

  const [line = ''] = failedTests({ suites: [{ specs: [failed] }] }).map(failLine)
  const [late = '', missing] = failedUnitTests({ testResults }).map(failLine)

  const start = 'Error: expected 2 notes got 1 xxx'
  expect(line).toMatch(`failed: late.spec.ts: in phase (line 12: ${start}`)
  expect(late).toMatch(`failed: a.test.ts: is late (${start}`)
  expect([line.length, late.length].every((length) => length < 400)).toBe(true)
  expect(missing).toBe('failed: b.test.ts: the file could not be run (no such module)')
})

test('a unit test that failed is named with its file, and a file that could not be run', () => {
  const fileOf = (name: string, status: string, tests: readonly (readonly [string, string])[]) => ({
    name: join(cwd(), name),
    status,
    assertionResults: tests.map(([fullName, result]) => ({ fullName, status: result })),
  })
  const report = {
    testResults: [
      fileOf('a.test.ts', 'failed', [
        ['is late', 'failed'],
        ['is early', 'passed'],
      ]),
      fileOf('b.test.ts', 'passed', [['is there', 'passed']]),
      fileOf('c.test.ts', 'failed', []),
    ],
  }

  expect(failedUnitTests(report).map(failLine)).toEqual([
    'failed: a.test.ts: is late',
    'failed: c.test.ts: the file could not be run',
  ])
})

test('reports of two runs are one, in which nothing of either is lost', () => {
  const alone = {
    suites: [{ specs: [specOf('in time', 'skipped')] }],
    errors: [],
    stats: { duration: 90, expected: 3, skipped: 1, unexpected: 1, flaky: 0 },
  }
  const together = {
    suites: [{ specs: [specOf('together', 'expected')] }],
    errors: [{ message: 'no test found' }],
    stats: { duration: 10, expected: 1, skipped: 0, unexpected: 0, flaky: 2 },
  }

  const joined = joinReports([alone, together])

  expect(joined.stats).toEqual({ duration: 100, expected: 4, skipped: 1, unexpected: 1, flaky: 2 })
  expect(joined.errors).toEqual([{ message: 'no test found' }])
  expect(skippedTests(joined)).toHaveLength(1)
})
