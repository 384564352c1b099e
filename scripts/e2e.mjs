/**
 * The end-to-end tests against the build that is there; options are Playwright's. What was skipped is said
 * before the last line, which is `N passed, N failed`.
 */
import { readFileSync, rmSync } from 'node:fs'
import { argv } from 'node:process'
import { run } from './lib/run.mjs'
import { skipLine, skippedTests, tallyLine } from './lib/tally.mjs'

const REPORT = '.cache/e2e.json'

rmSync(REPORT, { force: true })
const { code } = await run('npx', ['playwright', 'test', '-c', 'e2e', ...argv.slice(2)], {
  live: true,
})
try {
  const report = JSON.parse(readFileSync(REPORT, 'utf8'))
  const { stats, errors } = report
  const failed = stats.unexpected + stats.flaky + errors.length
  for (const skipped of skippedTests(report)) console.log(skipLine(skipped))
  console.log(tallyLine({ passed: stats.expected, failed }))
} catch (error) {
  console.error(`no count of the end-to-end tests: ${error.message}`)
}
process.exitCode = code
