const MS_PER_MINUTE = 60_000
const MINUTES_PER_HOUR = 60
const HOURS_PER_DAY = 24

/** How long ago something was, such as "yesterday" or "3 hours ago". */
export function agoWords(thenMs: number, nowMs: number): string {
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  const minutes = Math.max(0, Math.floor((nowMs - thenMs) / MS_PER_MINUTE))
  if (minutes === 0) return 'just now'
  if (minutes < MINUTES_PER_HOUR) return format.format(-minutes, 'minute')
  const hours = Math.floor(minutes / MINUTES_PER_HOUR)
  if (hours < HOURS_PER_DAY) return format.format(-hours, 'hour')
  return format.format(-Math.floor(hours / HOURS_PER_DAY), 'day')
}
