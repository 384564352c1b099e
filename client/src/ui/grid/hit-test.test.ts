import { expect, test } from 'vitest'
import { patternOf } from '../testing/local-song.ts'
import { PIECE_ROWS, PITCH_ROWS } from './roll-rows.ts'
import { hitAt, lengthTo, noteOver } from './hit-test.ts'

const METRICS = {
  rows: PITCH_ROWS,
  keysWidth: 50,
  headerHeight: 20,
  rowHeight: 10,
  stepWidth: 40,
  stepCount: 16,
}
const LONG = { step: 2, pitch: 60, velocity: 100, length: 3 }
const INNER = { step: 3, pitch: 60, velocity: 80, length: 1 }
const TAIL = { step: 14, pitch: 60, velocity: 100, length: 8 }
const cell = (step: number, within: number, pitch = 60) =>
  ({ zone: 'cell', step, pitch, within }) as const

test('a long note is hit on every step that it sounds on', () => {
  const pattern = patternOf([LONG])

  for (const step of [2, 3, 4]) {
    expect(hitAt(pattern, METRICS, cell(step, 0.3))).toEqual({ on: 'note', note: LONG })
  }
  expect(hitAt(pattern, METRICS, cell(5, 0.3))).toEqual({ on: 'empty', step: 5, pitch: 60 })
  expect(hitAt(pattern, METRICS, cell(3, 0.3, 61))).toEqual({ on: 'empty', step: 3, pitch: 61 })
})

test('only the right end of the last step makes it longer', () => {
  const pattern = patternOf([LONG])

  expect(hitAt(pattern, METRICS, cell(4, 0.9))).toEqual({ on: 'end', note: LONG })
  expect(hitAt(pattern, METRICS, cell(4, 0.7))).toEqual({ on: 'note', note: LONG })
  expect(hitAt(pattern, METRICS, cell(3, 0.95))).toEqual({ on: 'note', note: LONG })
})

test('the stroke of a drum has no end to be dragged', () => {
  const kick = { step: 2, pitch: 36, velocity: 100, length: 1 }
  const kit = { ...METRICS, rows: PIECE_ROWS }

  expect(hitAt(patternOf([kick]), kit, cell(2, 0.95, 36))).toEqual({ on: 'note', note: kick })
})

test('the end of a narrow step leaves most of it to the note', () => {
  const narrow = { ...METRICS, stepWidth: 12 }

  expect(hitAt(patternOf([LONG]), narrow, cell(4, 0.6))).toEqual({ on: 'note', note: LONG })
})

test('a note that runs past the loop ends at its last step', () => {
  const pattern = patternOf([TAIL])

  expect(hitAt(pattern, METRICS, cell(15, 0.95))).toEqual({ on: 'end', note: TAIL })
})

test('of notes that overlap the one that began last is on top, in any order', () => {
  expect(noteOver(patternOf([LONG, INNER]), 3, 60)).toEqual(INNER)
  expect(noteOver(patternOf([INNER, LONG]), 3, 60)).toEqual(INNER)
})

test('keys are for listening, margins for nothing', () => {
  expect(hitAt(new Map(), METRICS, { zone: 'key', pitch: 60 })).toEqual({ on: 'key', pitch: 60 })
  expect(hitAt(new Map(), METRICS, { zone: 'margin' })).toEqual({ on: 'nothing' })
})

test.each([
  [4.9, 3],
  [3.4, 1],
  [0, 1],
  [40, 14],
])('an end dragged to step %f makes a note on step 2 %i long', (steps, length) => {
  expect(lengthTo(LONG, steps, 16)).toBe(length)
})
