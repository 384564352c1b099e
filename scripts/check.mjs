/** Runs every check that needs no browser, two at a time, and ends with `N passed, N failed`. */
import { readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { env } from 'node:process'
import { inParallel, run } from './lib/run.mjs'
import { failedUnitTests, failLine, NOTHING, one, plus, tallyLine } from './lib/tally.mjs'

/** Longest first, so that the short ones fill the gaps. */
const STEPS = ['unit', 'types', 'lint', 'size', 'dead', 'format', 'boundaries', 'notices', 'docs']
/** To count what is covered doubles the work: before a commit it is held, on the CI machine left out. */
const WITHOUT_COVERAGE = ['--', '--coverage.enabled=false']
const UNIT_REPORT = '.cache/unit.json'

const results = new Map()

async function step(name) {
  const options = name === 'unit' && env.CI !== undefined ? WITHOUT_COVERAGE : []
  const result = await run('npm', ['run', '--silent', name, ...options])
  results.set(name, result)
  console.log(`\n--- ${name}\n${result.output.trimEnd()}`)
}

/** Counts the unit tests, and names those that failed. */
function unitTally() {
  try {
    const report = JSON.parse(readFileSync(UNIT_REPORT, 'utf8'))
    for (const failed of failedUnitTests(report)) console.log(failLine(failed))
    return { passed: report.numPassedTests, failed: report.numFailedTests }
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
let total = unitTally()
for (const name of STEPS) {
  const { code, seconds } = results.get(name)
  total = plus(total, one(code === 0))
  if (code !== 0) console.log(failLine({ file: 'check', title: name }))
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(12)} ${seconds.toFixed(1)} s`)
}
console.log(`check took ${((performance.now() - startedMs) / 1000).toFixed(0)} s`)
console.log(tallyLine(total))
process.exitCode = total.failed === 0 ? 0 : 1
