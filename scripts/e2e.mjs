/** The end-to-end tests against the build that is there; options are Playwright's. Ends with `N passed, N failed`. */
import { readFileSync, rmSync } from 'node:fs'
import { argv } from 'node:process'
import { run } from './lib/run.mjs'
import { tallyLine } from './lib/tally.mjs'

const REPORT = '.cache/e2e.json'

rmSync(REPORT, { force: true })
const { code } = await run('npx', ['playwright', 'test', '-c', 'e2e', ...argv.slice(2)], {
  live: true,
})
try {
  const { stats, errors } = JSON.parse(readFileSync(REPORT, 'utf8'))
  const failed = stats.unexpected + stats.flaky + errors.length
  if (stats.skipped > 0) console.log(`${stats.skipped} skipped`)
  console.log(tallyLine({ passed: stats.expected, failed }))
} catch (error) {
  console.error(`no count of the end-to-end tests: ${error.message}`)
}
process.exitCode = code
