/** Milliseconds since 1970 in base 36, enough until the year 5188; then random digits of the same base. */
const TIME_DIGITS = 9
const RANDOM_DIGITS = 7
const BASE = 36
const PAGE = /^[0-9a-z]{16}$/

/** Whether it names one page among all the pages of a seat; of two such names the later one compares greater. */
export const isPageName = (value: unknown): value is string =>
  typeof value === 'string' && PAGE.test(value)

/**
 * @param wallMs  milliseconds since 1970
 * @param before  the page before this one in the same tab; the new name is greater even if the clock was set back
 */
export function createPageName(wallMs: number, before?: string): string {
  const beforeMs = before === undefined ? 0 : parseInt(before.slice(0, TIME_DIGITS), BASE)
  const time = Math.max(Math.floor(wallMs), beforeMs + 1).toString(BASE)
  const random = crypto.getRandomValues(new Uint8Array(RANDOM_DIGITS))
  const digits = Array.from(random, (byte) => (byte % BASE).toString(BASE))
  return time.padStart(TIME_DIGITS, '0') + digits.join('')
}
