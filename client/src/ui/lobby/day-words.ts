import { RECENT_WORDS } from '../../words/recent.ts'

const MS_PER_MINUTE = 60_000
const MINUTES_PER_HOUR = 60
const HOURS_PER_DAY = 24

/** How long ago something was, such as "yesterday" or "3 hours ago". */
export function agoWords(thenMs: number, nowMs: number): string {
  const minutes = Math.max(0, Math.floor((nowMs - thenMs) / MS_PER_MINUTE))
  if (minutes === 0) return RECENT_WORDS.justNow
  if (minutes < MINUTES_PER_HOUR) return RECENT_WORDS.ago({ count: minutes, unit: 'minute' })
  const hours = Math.floor(minutes / MINUTES_PER_HOUR)
  if (hours < HOURS_PER_DAY) return RECENT_WORDS.ago({ count: hours, unit: 'hour' })
  return RECENT_WORDS.ago({ count: Math.floor(hours / HOURS_PER_DAY), unit: 'day' })
}
