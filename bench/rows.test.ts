import { expect, test } from 'vitest'
import { figuresOf, rowWords } from './rows.ts'

const ROW = {
  suite: 'jam',
  row: 'edit to applied',
  unit: 'ms',
  ours: { p50: 1, p95: 2, p99: 3, max: 4 },
  baseline: { p50: 0.5, p95: 1, p99: 1.5, max: 2 },
  baselineIs: 'the same bytes sent raw',
  goal: 'p95 at most 3 ms',
  holds: true,
}

test('figures are rounded to thousandths', () => {
  expect(figuresOf([1.23456])).toEqual({ p50: 1.235, p95: 1.235, p99: 1.235, max: 1.235 })
})

test('a row says both figures, what the baseline is, and whether the goal holds', () => {
  const words = rowWords(ROW)

  expect(words).toContain('ours      p50 1 ms  p95 2 ms')
  expect(words).toContain('baseline  p50 0.5 ms')
  expect(words).toContain('(the same bytes sent raw)')
  expect(words).toContain('p95 at most 3 ms: holds')
})

test('a row without a baseline says nothing of one', () => {
  expect(rowWords({ ...ROW, baseline: null, baselineIs: null, holds: false })).not.toContain(
    'baseline',
  )
})
