import { expect, test } from 'vitest'
import { copyOf, duplicated, pasted, roundedSpan } from './note-clipboard.ts'
import type { Copied } from './note-clipboard.ts'
import { PIECE_ROWS, PITCH_ROWS } from './roll-rows.ts'

const FIELD = { rows: PITCH_ROWS, stepCount: 16 }
const KIT = { rows: PIECE_ROWS, stepCount: 16 }
const note = (step: number, pitch: number, length = 1) => ({ step, pitch, velocity: 90, length })
const copied = (notes: ReturnType<typeof note>[], rows = PITCH_ROWS): Copied => {
  const copy = copyOf(notes, rows)
  if (copy === undefined) throw new Error('there must be something to copy, and is not')
  return copy
}
const places = (changes: ReturnType<typeof pasted>) =>
  changes.map(({ to }) => [to?.step, to?.pitch])

test('nothing copies as nothing', () => {
  expect(copyOf([], PITCH_ROWS)).toBeUndefined()
})

test('the earliest note comes to the cell, the highest of several, and the others as far from it as they were', () => {
  const copy = copied([note(5, 60), note(4, 64), note(4, 67)])

  expect(places(pasted(copy, FIELD, { step: 8, pitch: 72 }))).toEqual([
    [9, 65],
    [8, 69],
    [8, 72],
  ])
})

test('what would lie beyond the loop or the rows is left out', () => {
  const copy = copied([note(0, 60), note(4, 60), note(0, 30)])

  expect(places(pasted(copy, FIELD, { step: 13, pitch: 40 }))).toEqual([[13, 40]])
})

test('a pitch goes to the piece that it plays, and a piece to its pitch', () => {
  const melody = copied([note(2, 44), note(3, 72)])
  expect(places(pasted(melody, KIT, { step: 0, pitch: 36 }))).toEqual([[0, 42]])

  const beat = copied([note(2, 36), note(3, 38)], PIECE_ROWS)
  expect(places(pasted(beat, FIELD, { step: 0, pitch: 60 }))).toEqual([
    [0, 36],
    [1, 38],
  ])
})

test.each([
  [1, 1],
  [2, 2],
  [3, 4],
  [4, 4],
  [5, 8],
  [9, 12],
])('notes over %i steps come again after %i', (steps, span) => {
  expect(roundedSpan(steps, 4)).toBe(span)
})

test('notes come again right after themselves, as far as there is room', () => {
  const beat = [note(0, 36), note(4, 36), note(6, 38, 3)]

  expect(duplicated(beat, KIT, 4).map(({ to }) => to?.step)).toEqual([8, 12, 14])
  expect(duplicated([note(8, 60, 2), note(14, 60, 8)], FIELD, 4)).toEqual([])
  expect(duplicated([], FIELD, 4)).toEqual([])
})
