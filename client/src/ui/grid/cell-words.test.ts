import { expect, test } from 'vitest'
import { patternOf } from '../testing/local-song.ts'
import { cellWords } from './cell-words.ts'
import { pitchName } from './pitch-name.ts'

const PATTERN = patternOf([{ step: 2, pitch: 60, velocity: 100, length: 2 }])
const asWritten = (pitch: number): number => pitch

test.each([
  [2, 60, 'C4, step 3, velocity 100, length 2'],
  [3, 60, 'C4, step 4, held from step 3'],
  [4, 60, 'C4, step 5, empty'],
  [2, 61, 'C♯4, step 3, empty'],
])('step %i of pitch %i is said as a place and what is in it', (step, pitch, words) => {
  expect(cellWords(PATTERN, step, pitch, asWritten)).toBe(words)
})

test('a note outside the scale also says where it is heard', () => {
  expect(cellWords(PATTERN, 2, 60, () => 59)).toBe(
    'C4, step 3, velocity 100, length 2, sounds as B3',
  )
})

test('the range of the roll is C1 to C8', () => {
  expect([24, 60, 108].map(pitchName)).toEqual(['C1', 'C4', 'C8'])
})
