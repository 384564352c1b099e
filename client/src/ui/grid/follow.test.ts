import { expect, test } from 'vitest'
import { PITCH_ROWS } from './roll-rows.ts'
import { pageTo } from './useFollow.ts'

const METRICS = {
  rows: PITCH_ROWS,
  keysWidth: 50,
  headerHeight: 20,
  rowHeight: 20,
  stepWidth: 40,
  stepCount: 64,
}
const VIEW = { x: 50 + 400, y: 220 }

test('the page is turned when the playhead leaves it, and not before', () => {
  const scroll = { x: 0, y: 0 }

  expect(pageTo(METRICS, scroll, VIEW, 9.9)).toBeUndefined()
  expect(pageTo(METRICS, scroll, VIEW, 10.2)).toBe(400)
})

test('when the loop begins anew the page is turned back', () => {
  expect(pageTo(METRICS, { x: 2000, y: 0 }, VIEW, 0.1)).toBe(0)
})
