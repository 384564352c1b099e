import { SPAN_WORDS } from '../../words/spans.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long something took, as one says it: "40 seconds", "2 minutes", "3 hours". */
export function spanWords(ms: number): string {
  if (ms < MINUTE_MS) return SPAN_WORDS.seconds(Math.max(1, Math.round(ms / 1000)))
  if (ms < HOUR_MS) return SPAN_WORDS.minutes(Math.floor(ms / MINUTE_MS))
  return SPAN_WORDS.hours(Math.floor(ms / HOUR_MS))
}

export const agoWords = (ms: number): string => SPAN_WORDS.ago(spanWords(ms))
