import { expect, test } from 'vitest'
import { spanWords } from './span-words.ts'

test.each([
  [0, '1 second'],
  [1600, '2 seconds'],
  [59_400, '59 seconds'],
  [60_000, '1 minute'],
  [3_599_000, '59 minutes'],
  [3_600_000, '1 hour'],
  [9_000_000, '2 hours'],
])('%d ms is %s', (ms, words) => {
  expect(spanWords(ms)).toBe(words)
})
