import { expect, test } from 'vitest'
import { agoWords } from './day-words.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = Date.UTC(2026, 0, 5)

test.each([
  [0, 'just now'],
  [-HOUR, 'just now'],
  [5 * MINUTE, '5 minutes ago'],
  [3 * HOUR, '3 hours ago'],
  [30 * HOUR, 'yesterday'],
  [8 * 24 * HOUR, '8 days ago'],
])('%i ms ago is "%s"', (ago, words) => {
  expect(agoWords(NOW - ago, NOW)).toBe(words)
})
