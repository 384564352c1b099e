/** Runs every check that needs no browser, two at a time, and ends with `N passed, N failed`. */
import { readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { env } from 'node:process'
import { inParallel, run } from './lib/run.mjs'
import {
  againLine,
  failedUnitTests,
  failLine,
  NOTHING,
  one,
  plus,
  tallyLine,
} from './lib/tally.mjs'

/** Longest first, so that the short ones fill the gaps. */
const STEPS = ['unit', 'types', 'lint', 'size', 'dead', 'format', 'boundaries', 'notices', 'docs']
/** To count what is covered doubles the work: before a commit it is held, on the CI machine left out. */
const WITHOUT_COVERAGE = ['--', '--coverage.enabled=false']
const UNIT_REPORT = '.cache/unit.json'
/** Files; where more fail it is no accident. */
const MOST_AGAIN = 3

const results = new Map()

async function step(name) {
  const options = name === 'unit' && env.CI !== undefined ? WITHOUT_COVERAGE : []
  const result = await run('npm', ['run', '--silent', name, ...options])
  results.set(name, result)
  console.log(`\n--- ${name}\n${result.output.trimEnd()}`)
}

const readReport = () => JSON.parse(readFileSync(UNIT_REPORT, 'utf8'))

/**
 * On the CI machine a few files with a test that failed are played again when nothing else runs, and what passed then is
 * told.
 */
async function playAgain(report) {
  const failed = failedUnitTests(report)
  const files = [...new Set(failed.map(({ file }) => file))]
  if (env.CI === undefined || files.length === 0 || files.length > MOST_AGAIN) return failed
  const result = await run('npm', ['run', '--silent', 'unit', ...WITHOUT_COVERAGE, ...files])
  console.log(`\n--- unit, a second try\n${result.output.trimEnd()}`)
  const still = failedUnitTests(readReport())
  const isStill = ({ title }) => still.some((each) => each.title === title)
  for (const test of failed) if (!isStill(test)) console.log(againLine(test))
  if (result.code === 0) results.set('unit', { ...results.get('unit'), code: 0 })
  return still
}

/** Counts the unit tests, and names those that failed. */
async function unitTally() {
  try {
    const report = readReport()
    const failed = await playAgain(report)
    for (const test of failed) console.log(failLine(test))
    const cured = failedUnitTests(report).length - failed.length
    return { passed: report.numPassedTests + cured, failed: failed.length }
  } catch (error) {
    console.error(`no count of the unit tests: ${error.message}`)
    return NOTHING
  }
}

const startedMs = performance.now()
rmSync(UNIT_REPORT, { force: true })
await inParallel(
  STEPS.map((name) => () => step(name)),
  Math.max(1, Math.min(STEPS.length, availableParallelism())),
)

console.log('')
let total = await unitTally()
for (const name of STEPS) {
  const { code, seconds } = results.get(name)
  total = plus(total, one(code === 0))
  if (code !== 0) console.log(failLine({ file: 'check', title: name }))
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(12)} ${seconds.toFixed(1)} s`)
}
console.log(`check took ${((performance.now() - startedMs) / 1000).toFixed(0)} s`)
console.log(tallyLine(total))
process.exitCode = total.failed === 0 ? 0 : 1
