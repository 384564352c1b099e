import { relative } from 'node:path'
import { cwd } from 'node:process'

/** How many things passed and failed: checks, test cases, steps. */
export const NOTHING = { passed: 0, failed: 0 }

const TALLY_LINE = /^(\d+) passed, (\d+) failed$/gm
const TOLD_LINE = /^(?:skipped|failed|second try): .+$/gm

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

/** The lines of a part of the run in which it says what it skipped, what failed, and what had to be played again. */
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

/** Says what failed and why, in a line of its own, so that the end of a long log is enough to know. */
export const failLine = ({ file, title, why }) =>
  `failed: ${file}: ${title}${why === undefined ? '' : ` (${why})`}`

const STYLES = /\u001b\[[\d;]*m/g
const WHY_LENGTH = 300

/** An error's words in one line, of which the first say the most. */
const shortened = (message) =>
  message?.replaceAll(STYLES, '').replaceAll(/\s+/g, ' ').trim().slice(0, WHY_LENGTH)

/** What a test of a Playwright report says first of why it failed, and where. */
function whyOf({ results = [] }) {
  const error = results.map((result) => result.error).find((each) => each !== undefined)
  if (error === undefined) return undefined
  const { message, location } = error
  return shortened(`${location === undefined ? '' : `line ${location.line}: `}${message}`)
}

/** Says what passed at a second try alone, and why not at the first: a busy machine, or a fault to look for. */
export const againLine = (test) => failLine(test).replace(/^failed/, 'second try')

const testsThatAre =
  (status) =>
  ({ suites }) =>
    suites.flatMap(specsOf).flatMap(({ file, title, tests }) => {
      const found = tests.find((test) => test.status === status)
      return found === undefined ? [] : [{ file, title, why: whyOf(found) }]
    })

/** The tests of a Playwright report that failed at each try. */
export const failedTests = testsThatAre('unexpected')

/** Those that passed at a second try alone. */
export const testsPlayedAgain = testsThatAre('flaky')

/** The tests of a Vitest report that failed; a file that could not be run counts by itself. */
export const failedUnitTests = ({ testResults }) =>
  testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(cwd(), name)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length > 0) {
      return failed.map(({ fullName, failureMessages = [] }) => {
        return { file, title: fullName, why: shortened(failureMessages[0]) }
      })
    }
    const why = shortened(message || undefined)
    return status === 'failed' ? [{ file, title: 'the file could not be run', why }] : []
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
