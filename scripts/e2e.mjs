/**
 * The end-to-end tests against the build that is there. Those that measure time, or the sound, have the machine to
 * themselves; then the others run two at a time. With options, which are Playwright's, all that they choose runs alone.
 * What was skipped, what failed and, on the CI machine, what passed at a second try alone is said before the last line,
 * which is `N passed, N failed`.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { run } from './lib/run.mjs'
import {
  againLine,
  failedTests,
  failLine,
  joinReports,
  skipLine,
  skippedTests,
  tallyLine,
  testsPlayedAgain,
} from './lib/tally.mjs'

const REPORT = '.cache/e2e.json'
/** They see what comes, and measure neither when nor how it sounds. */
const SIDE_BY_SIDE = [
  'axe',
  'by-keyboard',
  'chord-lane',
  'clock-thread',
  'copies',
  'edit-together',
  'firefox',
  'hand-written',
  'instances',
  'invite',
  'join',
  'keyboard',
  'leave',
  'midi-file',
  'new-path',
  'offline',
  'overtaking',
  'persistence',
  'phone',
  'reload',
  'revival',
  'roles',
  'roll',
  'same-sound',
  'server-away',
  'server-killed',
  'together',
  'tracks',
  'trade-fours',
  'turn-abuse',
  'turn',
  'two-tabs',
  'verdicts',
  'words-stay-words',
].map((name) => `${name}.spec.ts`)

/** Both keep what failed: the later run empties no folder of the earlier one. */
function runsOf(options) {
  if (options.length > 0) return [options]
  const specs = readdirSync('e2e').filter((file) => file.endsWith('.spec.ts'))
  const missing = SIDE_BY_SIDE.filter((spec) => !specs.includes(spec))
  if (missing.length > 0) throw new Error(`${missing.join()} must be in e2e, and is not`)
  const only = (files) => files.map((file) => `e2e/${file.replaceAll('.', '\\.')}$`)
  return [
    only(specs.filter((spec) => !SIDE_BY_SIDE.includes(spec))),
    [...only(SIDE_BY_SIDE), '--workers', '2', '--output', 'e2e/test-results/side-by-side'],
  ]
}

async function play(options) {
  rmSync(REPORT, { force: true })
  const { code } = await run('npx', ['playwright', 'test', '-c', 'e2e', ...options], { live: true })
  if (code !== 0) process.exitCode = code
  return JSON.parse(readFileSync(REPORT, 'utf8'))
}

try {
  const reports = []
  for (const options of runsOf(argv.slice(2))) reports.push(await play(options))
  const report = joinReports(reports)
  writeFileSync(REPORT, JSON.stringify(report))
  const { stats, errors } = report
  const failed = stats.unexpected + errors.length
  for (const skipped of skippedTests(report)) console.log(skipLine(skipped))
  for (const again of testsPlayedAgain(report)) console.log(againLine(again))
  for (const failure of failedTests(report)) console.log(failLine(failure))
  console.log(tallyLine({ passed: stats.expected + stats.flaky, failed }))
} catch (error) {
  console.error(`no count of the end-to-end tests: ${error.message}`)
  process.exitCode ||= 1
}
