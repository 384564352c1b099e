import { expect, test } from 'vitest'
import { lineThrough, spreadOf } from './stats.ts'

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

test('the line through points far from zero keeps its slope and its place', () => {
  const points = [0, 1, 2, 5].map((x) => [x, 1_700_000_000_000 + 999.5 * x] as const)

  const { slope, intercept } = lineThrough(points)

  expect(slope).toBeCloseTo(999.5, 3)
  expect(intercept).toBeCloseTo(1_700_000_000_000, 2)
})

test('a line needs two points', () => {
  expect(() => lineThrough([[1, 1]])).toThrow(RangeError)
  expect(() => lineThrough([])).toThrow(RangeError)
})
