/** How many things passed and failed: checks, test cases, steps. */
export const NOTHING = { passed: 0, failed: 0 }

const TALLY_LINE = /^(\d+) passed, (\d+) failed$/gm

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
