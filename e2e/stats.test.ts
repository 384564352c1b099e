import { expect, test } from 'vitest'
import { spreadOf } from './stats.ts'

test('a spread takes the nearest rank, whatever the order', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index)

  expect(spreadOf(values)).toEqual({ p50: 50, p95: 95, p99: 99, max: 100 })
})

test('a spread of one value is that value', () => {
  expect(spreadOf([7])).toEqual({ p50: 7, p95: 7, p99: 7, max: 7 })
})

test('a spread of nothing is refused', () => {
  expect(() => spreadOf([])).toThrow(RangeError)
})
