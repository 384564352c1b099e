import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

test('the first retry falls anywhere within the base', () => {
  expect(backoffMs(0, 0, 1000, 8000)).toBe(0)
  expect(backoffMs(0, 0.75, 1000, 8000)).toBe(750)
})

test('later retries wait from a third of the doubled span to the whole of it', () => {
  expect(backoffMs(1, 0, 1000, 8000)).toBeCloseTo(667, 0)
  expect(backoffMs(2, 1, 1000, 8000)).toBe(4000)
})

test('no retry waits longer than the cap', () => {
  expect(backoffMs(50, 1, 1000, 8000)).toBe(8000)
})
