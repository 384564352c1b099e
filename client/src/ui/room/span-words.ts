import { countOf } from './words.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long something took, as one says it: "40 seconds", "2 minutes", "3 hours". */
export function spanWords(ms: number): string {
  if (ms < MINUTE_MS) return countOf(Math.max(1, Math.round(ms / 1000)), 'second', 'seconds')
  if (ms < HOUR_MS) return countOf(Math.floor(ms / MINUTE_MS), 'minute', 'minutes')
  return countOf(Math.floor(ms / HOUR_MS), 'hour', 'hours')
}

export const agoWords = (ms: number): string => `${spanWords(ms)} ago`
