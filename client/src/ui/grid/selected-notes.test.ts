import { expect, test } from 'vitest'
import { patternOf } from '../testing/local-song.ts'
import { PIECE_ROWS, PITCH_ROWS } from './roll-rows.ts'
import {
  firstOf,
  inspectedNote,
  notesInBox,
  selectedNotes,
  selectionOf,
  withToggled,
} from './selected-notes.ts'

const METRICS = {
  rows: PITCH_ROWS,
  keysWidth: 50,
  headerHeight: 20,
  rowHeight: 10,
  stepWidth: 40,
  stepCount: 16,
}
const note = (step: number, pitch: number, length = 1) => ({ step, pitch, velocity: 100, length })

test('a box takes every note that it touches, however little', () => {
  const long = note(0, 108, 4)
  const pattern = patternOf([long, note(5, 107), note(6, 100), note(20, 108)])
  const inBox = (x: number, y: number, width: number, height: number) =>
    notesInBox(pattern, METRICS, { x, y, width, height }).map(({ step }) => step)

  expect(inBox(150, 5, 55, 6)).toEqual([0, 5])
  expect(inBox(160, 0, 30, 10)).toEqual([])
  expect(inBox(0, 0, 2000, 2000)).toEqual([0, 5, 6])
})

test('what has gone, or lies beyond the loop, is not selected', () => {
  const pattern = patternOf([note(0, 60), note(9, 60)])
  const selection = selectionOf([note(0, 60), note(1, 60), note(9, 60)])

  expect(selectedNotes(pattern, selection, 8)).toEqual([note(0, 60)])
})

test('a note is taken in and out', () => {
  const one = withToggled(new Set(), note(0, 60))
  const two = withToggled(one, note(1, 60))

  expect([...two]).toEqual(['0/60', '1/60'])
  expect([...withToggled(two, note(0, 60))]).toEqual(['1/60'])
})

test('one selected note has details, as it was written; several have none', () => {
  const written = patternOf([note(0, 35), note(1, 36)])

  expect(inspectedNote(PIECE_ROWS, written, selectionOf([note(0, 36)]), 16)).toEqual(note(0, 35))
  expect(inspectedNote(PIECE_ROWS, written, selectionOf([note(0, 36)]), 0)).toBeUndefined()
  const both = selectionOf([note(0, 36), note(1, 36)])
  expect(inspectedNote(PIECE_ROWS, written, both, 16)).toBeUndefined()
})

test('the first note is the earliest, the highest of several', () => {
  expect(firstOf([note(3, 90), note(1, 50), note(1, 70)], PITCH_ROWS)).toEqual(note(1, 70))
  expect(firstOf([], PITCH_ROWS)).toBeUndefined()
})
