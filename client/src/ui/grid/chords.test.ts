import { expect, test } from 'vitest'
import { isInScale, SCALES, type ScaleName } from '../../sequence/scale.ts'
import { CHORDS, chordPitches, type Chord } from './chords.ts'

const C4 = 60
const above = (pitch: number, chord: Chord, scale: ScaleName) =>
  chordPitches(pitch, chord, 0, scale).map((each) => each - pitch)

test.each<[string, number, Chord, ScaleName, number[]]>([
  ['a triad on the first of major', C4, 'triad', 'major', [0, 4, 7]],
  ['one on the second', C4 + 2, 'triad', 'major', [0, 3, 7]],
  ['one on the seventh', C4 + 11, 'triad', 'major', [0, 3, 6]],
  ['a seventh on the fifth', C4 + 7, 'seventh', 'major', [0, 4, 7, 10]],
  ['a seventh on the first', C4, 'seventh', 'major', [0, 4, 7, 11]],
  ['a ninth in minor', C4, 'ninth', 'natural minor', [0, 3, 7, 10, 14]],
  ['one on the seventh of harmonic minor', C4 + 11, 'triad', 'harmonic minor', [0, 3, 6]],
  ['a fourth in place of the third', C4, 'sus4', 'major', [0, 5, 7]],
  ['a fifth in the blues', C4, 'fifth', 'blues', [0, 7]],
  ['a triad of five pitches', C4, 'triad', 'pentatonic minor', [0, 3, 7]],
  ['a triad of all twelve', C4 + 1, 'triad', 'chromatic', [0, 4, 7]],
  ['an octave', C4, 'octave', 'major', [0, 12]],
  ['a single note outside the scale', C4 + 1, 'none', 'major', [0]],
])('%s has its pitches', (_, pitch, chord, scale, pitches) => {
  expect(above(pitch, chord, scale)).toEqual(pitches)
})

test('a chord begins on the pitch that would sound, and stops at the highest', () => {
  expect(chordPitches(C4 + 1, 'fifth', 0, 'major')).toEqual([60, 67])
  expect(chordPitches(105, 'seventh', 9, 'natural minor')).toEqual([105, 108])
})

test('wherever a scale has the pitches for it, a chord stays within it', () => {
  for (const scale of Object.keys(SCALES) as ScaleName[]) {
    if (SCALES[scale].length < 7) continue
    for (const chord of CHORDS.filter((each) => each !== 'none')) {
      const pitches = chordPitches(C4 + 4, chord, 2, scale)
      expect([scale, chord, pitches.every((pitch) => isInScale(pitch, 2, scale))]).toEqual([
        scale,
        chord,
        true,
      ])
    }
  }
})
