import { relative } from 'node:path'
import { cwd } from 'node:process'

/** How many things passed and failed: checks, test cases, steps. */
export const NOTHING = { passed: 0, failed: 0 }

const TALLY_LINE = /^(\d+) passed, (\d+) failed$/gm
const TOLD_LINE = /^(?:skipped|failed): .+$/gm

export const plus = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed })

export const one = (ok) => (ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

export const tallyLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`

/**
 * What a part of the run says of itself in its last tally line; the part as one case when it says nothing. An exit
 * code that contradicts the line counts as a failure more.
 */
export function tallyOf({ code, output }) {
  const last = [...output.matchAll(TALLY_LINE)].at(-1)
  if (last === undefined) return one(code === 0)
  const said = { passed: Number(last[1]), failed: Number(last[2]) }
  return code !== 0 && said.failed === 0 ? plus(said, one(false)) : said
}

/** Says what was skipped and why, in a line of its own before the tally. */
export const skipLine = ({ title, why }) => `skipped: ${title} (${why || 'no reason given'})`

/** The lines of a part of the run in which it says what it skipped and what failed. */
export const toldLinesOf = ({ output }) => output.match(TOLD_LINE) ?? []

/** The tests of a Playwright report that were skipped, and why, as they say themselves. */
export function skippedTests({ suites }) {
  const specs = suites.flatMap(specsOf)
  return specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(({ annotations }) => ({
        title,
        why: annotations.find(({ type }) => type === 'skip')?.description,
      })),
  )
}

/** Says what failed, in a line of its own, so that the end of a long log is enough to know. */
export const failLine = ({ file, title }) => `failed: ${file}: ${title}`

/** The tests of a Playwright report that failed, or passed at a second try alone. */
export function failedTests({ suites }) {
  const isFailed = ({ tests }) =>
    tests.some(({ status }) => ['unexpected', 'flaky'].includes(status))
  return suites
    .flatMap(specsOf)
    .filter(isFailed)
    .map(({ file, title }) => ({ file, title }))
}

/** The tests of a Vitest report that failed; a file that could not be run counts by itself. */
export const failedUnitTests = ({ testResults }) =>
  testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(cwd(), name)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length > 0) return failed.map(({ fullName }) => ({ file, title: fullName }))
    return status === 'failed' ? [{ file, title: 'the file could not be run' }] : []
  })

const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)]

const COUNTS = ['duration', 'expected', 'skipped', 'unexpected', 'flaky']

/** Several Playwright reports as one; its duration is the sum of theirs, ms. */
export const joinReports = (reports) => ({
  suites: reports.flatMap(({ suites }) => suites),
  errors: reports.flatMap(({ errors }) => errors),
  stats: Object.fromEntries(
    COUNTS.map((count) => [count, reports.reduce((sum, { stats }) => sum + stats[count], 0)]),
  ),
})
