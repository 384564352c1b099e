import { expect, test } from 'vitest'
import { AT_REST, isAtRest, levelToShare, needleAfter } from './needle.ts'

test.each([
  [0, 0],
  [0.25, 0.5],
  [1, 1],
  [4, 1],
])('a level of %f is %f of the way', (level, share) => {
  expect(levelToShare(level)).toBe(share)
})

test('a needle jumps up to a peak, and falls slowly', () => {
  const up = needleAfter(AT_REST, 0.8, 0.03)
  expect(up).toMatchObject({ level: 0.8, hold: 0.8 })

  const down = needleAfter(up, 0, 0.1)
  expect(down.level).toBeCloseTo(0.71)
  expect(needleAfter(down, 0.9, 0.1).level).toBe(0.9)
})

test('the highest of late holds for a second, then falls too, and never below the needle', () => {
  let needle = needleAfter(AT_REST, 1, 0.03)
  for (let passed = 0; passed < 10; passed++) needle = needleAfter(needle, 0, 0.1)
  expect(needle).toMatchObject({ hold: 1 })

  for (let passed = 0; passed < 5; passed++) needle = needleAfter(needle, 0.5, 0.1)
  expect(needle.hold).toBeLessThan(1)
  for (let passed = 0; passed < 50; passed++) {
    needle = needleAfter(needle, 0.5, 0.1)
    expect(needle.hold).toBeGreaterThanOrEqual(needle.level)
  }

  expect(needle).toMatchObject({ level: 0.5, hold: 0.5 })
})

test('in silence it comes to rest', () => {
  let needle = needleAfter(AT_REST, 1, 0.03)
  for (let passed = 0; passed < 60; passed++) needle = needleAfter(needle, 0, 0.1)

  expect(isAtRest(needle)).toBe(true)
})
