import { expect, test } from 'vitest'
import { correctionOf } from './clock-reading.ts'

test.each([
  ['nobody was asked', [], 0],
  ['it reads a moment between question and answer', [[10, 10.02, 10.04]], 0],
  ['it is off by no more than browsers round', [[10, 10.08, 10.04]], 0],
  ['it is behind', [[10, 7, 10.5]], 3.25],
  ['it is ahead', [[10, 14, 10.5]], -3.75],
  ['a slow answer cannot tell', [[10, 60, 110]], 0],
  [
    'the quickest answer tells best',
    [
      [10, 15, 30],
      [40, 37.1, 40.2],
      [50, 70, 80],
    ],
    3,
  ],
] as const)('%s', (_what, rows, byMs) => {
  const readings = rows.map(([askedMs, readMs, heardMs]) => ({ askedMs, readMs, heardMs }))

  expect(correctionOf(readings)).toBeCloseTo(byMs, 9)
})
