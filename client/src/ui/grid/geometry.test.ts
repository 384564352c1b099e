import { expect, test } from 'vitest'
import { patternOf } from '../testing/local-song.ts'
import { PIECE_ROWS, PITCH_ROWS } from './roll-rows.ts'
import {
  cellCorner,
  firstScrollTop,
  fitRowHeight,
  fitStepWidth,
  placeAt,
  rollSize,
  scrollToCell,
} from './geometry.ts'

const METRICS = {
  rows: PITCH_ROWS,
  keysWidth: 50,
  headerHeight: 20,
  rowHeight: 10,
  stepWidth: 40,
  stepCount: 16,
}
const UNSCROLLED = { x: 0, y: 0 }
const note = (step: number, pitch: number) => ({ step, pitch, velocity: 100, length: 1 })

test.each([
  [
    'the first cell under the header',
    { x: 50, y: 20 },
    { zone: 'cell', step: 0, pitch: 108, within: 0 },
  ],
  ['the middle of a cell', { x: 150, y: 45 }, { zone: 'cell', step: 2, pitch: 106, within: 0.5 }],
  [
    'the last pixel of the loop',
    { x: 689, y: 20 },
    { zone: 'cell', step: 15, pitch: 108, within: expect.closeTo(0.975) },
  ],
  ['beyond the loop', { x: 690, y: 20 }, { zone: 'margin' }],
  ['the keys', { x: 49, y: 31 }, { zone: 'key', pitch: 107 }],
  ['the header', { x: 100, y: 19 }, { zone: 'margin' }],
  ['left of everything', { x: -1, y: 50 }, { zone: 'margin' }],
  ['below the lowest pitch', { x: 100, y: 20 + 850 }, { zone: 'margin' }],
])('a point on %s is found there', (_, point, place) => {
  expect(placeAt(METRICS, UNSCROLLED, point)).toEqual(place)
})

test('scrolling moves the grid under header and keys, which stay', () => {
  const scroll = { x: 80, y: 100 }

  expect(placeAt(METRICS, scroll, { x: 50, y: 20 })).toMatchObject({ step: 2, pitch: 98 })
  expect(placeAt(METRICS, scroll, { x: 49, y: 20 })).toEqual({ zone: 'key', pitch: 98 })
  expect(placeAt(METRICS, scroll, { x: 50, y: 19 })).toEqual({ zone: 'margin' })
})

test('the corner of every cell lies in that cell', () => {
  for (const step of [0, 7, 15]) {
    for (const pitch of [24, 60, 108]) {
      const corner = cellCorner(METRICS, step, pitch)
      const point = { x: corner.x + METRICS.keysWidth, y: corner.y + METRICS.headerHeight }
      expect(placeAt(METRICS, UNSCROLLED, point)).toMatchObject({ step, pitch })
    }
  }
})

test('the whole roll holds all 85 rows and all steps', () => {
  expect(rollSize(METRICS)).toEqual({ x: 50 + 640, y: 20 + 850 })
})

test('steps share the width, and scroll when they would get too narrow', () => {
  expect(fitStepWidth(1050, 50, 16, 26)).toBe(62)
  expect(fitStepWidth(300, 50, 32, 26)).toBe(26)
})

test('an empty roll opens round C4, a written one where most notes are in sight', () => {
  const height = 20 + 200
  const middleOf = (top: number): number => 108 - (top + 100) / 10

  expect(middleOf(firstScrollTop(new Map(), METRICS, height))).toBeCloseTo(59.5)
  const low = patternOf([note(0, 30), note(1, 32), note(2, 90)])
  expect(middleOf(firstScrollTop(low, METRICS, height))).toBeCloseTo(33, 0)
  expect(firstScrollTop(patternOf([note(0, 108)]), METRICS, height)).toBe(0)
})

test('a cell in sight needs no scrolling; one beyond an edge comes just into sight', () => {
  const view = { x: 50 + 200, y: 20 + 100 }

  expect(scrollToCell(METRICS, UNSCROLLED, view, { step: 2, pitch: 105 })).toEqual(UNSCROLLED)
  expect(scrollToCell(METRICS, UNSCROLLED, view, { step: 5, pitch: 98 })).toEqual({ x: 40, y: 10 })
  expect(scrollToCell(METRICS, { x: 300, y: 300 }, view, { step: 1, pitch: 100 })).toEqual({
    x: 40,
    y: 80,
  })
})

test('the rows of a kit share the height, and scroll when they would get too low', () => {
  const bounds = { min: 24, max: 44 }

  expect(fitRowHeight(26 + 13 * 30 + 5, 26, 13, bounds)).toBe(30)
  expect(fitRowHeight(200, 26, 13, bounds)).toBe(24)
  expect(fitRowHeight(2000, 26, 13, bounds)).toBe(44)
})

test('a kit has rows down to the kick and no further, and opens there', () => {
  const kit = { ...METRICS, rows: PIECE_ROWS }

  expect(rollSize(kit).y).toBe(20 + 130)
  expect(placeAt(kit, UNSCROLLED, { x: 60, y: 20 + 125 })).toMatchObject({ step: 0, pitch: 36 })
  expect(placeAt(kit, UNSCROLLED, { x: 60, y: 20 + 130 })).toEqual({ zone: 'margin' })
  expect(firstScrollTop(new Map(), kit, 20 + 50)).toBe(80)
  expect(firstScrollTop(patternOf([note(0, 72)]), kit, 20 + 50)).toBe(80)
  expect(firstScrollTop(new Map(), kit, 20 + 500)).toBe(0)
})
