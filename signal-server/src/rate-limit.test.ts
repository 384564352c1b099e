import { expect, test } from 'vitest'
import { createTokenBucket, takeTokens } from './rate-limit.ts'

const takeAll = (take: () => boolean): number => {
  let taken = 0
  while (take()) taken += 1
  return taken
}

test('a burst passes, then as many as the rate brings', () => {
  const bucket = createTokenBucket(5, 2, 1000)

  expect(takeAll(() => takeTokens(bucket, 1000))).toBe(5)
  expect(takeAll(() => takeTokens(bucket, 1499))).toBe(0)
  expect(takeAll(() => takeTokens(bucket, 1500))).toBe(1)
  expect(takeAll(() => takeTokens(bucket, 3000))).toBe(3)
})

test('a long silence saves up no more than the burst', () => {
  const bucket = createTokenBucket(5, 2, 0)

  expect(takeAll(() => takeTokens(bucket, 1_000_000))).toBe(5)
})
