import { expect, test } from 'vitest'
import {
  joinReports,
  skipLine,
  skipLinesOf,
  skippedTests,
  tallyLine,
  tallyOf,
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

  expect(skipLinesOf({ output })).toEqual(skips)
  expect(tallyOf({ code: 0, output })).toEqual({ passed: 3, failed: 0 })
  expect(skipLinesOf({ output: 'nothing skipped:\n' })).toEqual([])
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
