import { expect, test } from 'vitest'
import { patternOf } from '../testing/local-song.ts'
import { cellWords } from './cell-words.ts'
import { pitchName } from './pitch-name.ts'
import { PIECE_ROWS, PITCH_ROWS } from './roll-rows.ts'

const PATTERN = patternOf([{ step: 2, pitch: 60, velocity: 100, length: 2 }])
const asWritten = (pitch: number): number => pitch

test.each([
  [2, 60, 'C4, step 3, velocity 100, length 2'],
  [3, 60, 'C4, step 4, held from step 3'],
  [4, 60, 'C4, step 5, empty'],
  [2, 61, 'C♯4, step 3, empty'],
])('step %i of pitch %i is said as a place and what is in it', (step, pitch, words) => {
  expect(cellWords(PITCH_ROWS, PATTERN, step, pitch, asWritten)).toBe(words)
})

test('a note outside the scale also says where it is heard', () => {
  expect(cellWords(PITCH_ROWS, PATTERN, 2, 60, () => 59)).toBe(
    'C4, step 3, velocity 100, length 2, sounds as B3',
  )
})

test('whatever else a note is, is said', () => {
  const note = { step: 0, pitch: 60, velocity: 90, length: 1 }
  const touched = { ...note, accent: true, flam: true, ratchet: 3, chance: 40, nudge: -6 }

  expect(cellWords(PITCH_ROWS, patternOf([touched]), 0, 60, asWritten)).toBe(
    'C4, step 1, velocity 90, length 1, accent, flam, 3 strokes, chance 40 percent, early',
  )
  const late = patternOf([{ ...note, nudge: 6 }])
  expect(cellWords(PITCH_ROWS, late, 0, 60, asWritten)).toMatch(/, late$/)
})

test('a stroke of a drum is said by its piece, and has no length', () => {
  const kick = patternOf([{ step: 2, pitch: 36, velocity: 100, length: 1 }])

  expect(cellWords(PIECE_ROWS, kick, 2, 36, asWritten)).toBe('Kick, step 3, velocity 100')
  expect(cellWords(PIECE_ROWS, kick, 2, 38, asWritten)).toBe('Snare, step 3, empty')
})

test('the range of the roll is C1 to C8', () => {
  expect([24, 60, 108].map(pitchName)).toEqual(['C1', 'C4', 'C8'])
})
