import { expect, test } from 'vitest'
import { louder, moved, octaved, removed, resized } from './note-moves.ts'
import { PIECE_ROWS, PITCH_ROWS } from './roll-rows.ts'

const FIELD = { rows: PITCH_ROWS, stepCount: 16 }
const KIT = { rows: PIECE_ROWS, stepCount: 16 }
const note = (step: number, pitch: number, more = {}) => ({
  step,
  pitch,
  velocity: 100,
  length: 2,
  ...more,
})
const places = (changes: ReturnType<typeof moved>) => changes.map(({ to }) => [to?.step, to?.pitch])

test('notes move together, across and up', () => {
  const notes = [note(0, 60), note(3, 64)]

  expect(moved(notes, { steps: 2, up: 3 }, FIELD)).toEqual([
    { from: notes[0], to: note(2, 63) },
    { from: notes[1], to: note(5, 67) },
  ])
})

test('they stop together at an edge, and keep their distances', () => {
  const notes = [note(1, 60), note(14, 107)]

  expect(places(moved(notes, { steps: 9, up: 9 }, FIELD))).toEqual([
    [2, 61],
    [15, 108],
  ])
  expect(places(moved(notes, { steps: -9, up: 0 }, FIELD))).toEqual([
    [0, 60],
    [13, 107],
  ])
  expect(moved([note(0, 24)], { steps: -1, up: -1 }, FIELD)).toEqual([])
})

test('copies leave the notes where they are', () => {
  expect(moved([note(0, 60)], { steps: 1, up: 0 }, FIELD, true)).toEqual([{ to: note(1, 60) }])
})

test('strokes move from piece to piece', () => {
  expect(places(moved([note(0, 36)], { steps: 0, up: 1 }, KIT))).toEqual([[0, 38]])
})

test('an octave is gone by all or by none, and not by a kit', () => {
  expect(places(octaved([note(0, 60), note(1, 90)], 1, FIELD))).toEqual([
    [0, 72],
    [1, 102],
  ])
  expect(octaved([note(0, 60), note(1, 100)], 1, FIELD)).toEqual([])
  expect(octaved([note(0, 36)], 1, KIT)).toEqual([])
})

test('an end that is dragged makes notes longer or shorter, down to a step and up to the end of the loop', () => {
  const notes = [note(0, 60), note(13, 60)]
  const lengths = (by: number) => resized(notes, 'end', by, FIELD).map(({ to }) => to?.length)

  expect(lengths(1)).toEqual([3, 3])
  expect(lengths(5)).toEqual([7, 3])
  expect(lengths(-9)).toEqual([1, 1])
  expect(resized(notes, 'end', 0, FIELD)).toEqual([])
})

test('a note that ran past the end of the loop is cut there when its end is dragged', () => {
  expect(resized([note(14, 60, { length: 8 })], 'end', -1, FIELD)).toMatchObject([
    { to: { length: 1 } },
  ])
})

test('a start that is dragged leaves the end where it is', () => {
  const notes = [note(4, 60, { length: 4 })]
  const starts = (by: number) =>
    resized(notes, 'start', by, FIELD).map(({ to }) => [to?.step, to?.length])

  expect(starts(2)).toEqual([[6, 2]])
  expect(starts(-3)).toEqual([[1, 7]])
  expect(starts(9)).toEqual([[7, 1]])
  expect(starts(-9)).toEqual([[0, 8]])
})

test('a stroke has no ends', () => {
  expect(resized([note(4, 36)], 'end', 2, KIT)).toEqual([])
})

test('velocities stay within their range, and what does not change is left alone', () => {
  const changes = louder([note(0, 60, { velocity: 120 }), note(1, 60, { velocity: 127 })], 20)

  expect(changes).toEqual([
    { from: note(0, 60, { velocity: 120 }), to: note(0, 60, { velocity: 127 }) },
  ])
  expect(removed([note(0, 60)])).toEqual([{ from: note(0, 60) }])
})
