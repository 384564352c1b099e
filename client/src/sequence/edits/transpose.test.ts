import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SCALES, soundingPitch, type PitchClass, type ScaleName } from '../scale.ts'
import { anyLoop, isPattern, note, sorted } from './edit-contract.ts'
import { transposeByDegrees, transposeBySemitones } from './transpose.ts'

const pitches = (notes: readonly { readonly pitch: number }[]): readonly number[] =>
  notes.map(({ pitch }) => pitch)

const anyScale = fc.constantFrom(...(Object.keys(SCALES) as ScaleName[]))
const anyRoot = fc.integer({ min: 0, max: 11 }) as fc.Arbitrary<PitchClass>

test('a group goes no farther than its outermost note, and keeps its shape', () => {
  const chord = [note(0, 100), note(0, 104), note(0, 107)]

  expect(pitches(transposeBySemitones(chord, 12))).toEqual([101, 105, 108])
  expect(pitches(transposeBySemitones([note(0, 25)], -12))).toEqual([24])
})

test('there and back by semitones is where it was, where nothing was at an edge', () => {
  fc.assert(
    fc.property(anyLoop(48, 84), fc.integer({ min: -24, max: 24 }), ({ notes }, by) => {
      const there = transposeBySemitones(notes, by)

      expect(there).toHaveLength(notes.length)
      expect(transposeBySemitones(there, -by)).toEqual(notes)
    }),
  )
})

test('a degree up is the next note of the scale', () => {
  const triad = [note(0, 60), note(0, 64), note(0, 67)]

  expect(pitches(transposeByDegrees(triad, 1, 0, 'major'))).toEqual([62, 65, 69])
  expect(pitches(transposeByDegrees(triad, -2, 0, 'major'))).toEqual([57, 60, 64])
})

test('two that sound alike stay two, where there is room beside the pitch', () => {
  const alike = [note(0, 60), note(0, 61)]

  const moved = transposeByDegrees(alike, 1, 0, 'major')

  expect(moved).toHaveLength(2)
  expect(moved.map(({ pitch }) => soundingPitch(pitch, 0, 'major'))).toEqual([62, 62])
})

test('by degrees no note that is heard is lost, in any scale', () => {
  fc.assert(
    fc.property(
      anyLoop(),
      fc.integer({ min: -40, max: 40 }),
      anyRoot,
      anyScale,
      (loop, by, root, scale) => {
        const heard = (notes: readonly { step: number; pitch: number }[]): number =>
          new Set(notes.map(({ step, pitch }) => `${step} ${soundingPitch(pitch, root, scale)}`))
            .size

        const moved = transposeByDegrees(loop.notes, by, root, scale)

        expect(heard(moved)).toBe(heard(loop.notes))
        expect(isPattern(moved, { notes: moved, stepCount: 64 })).toBe(true)
      },
    ),
  )
})

test('in the chromatic scale degrees are semitones', () => {
  fc.assert(
    fc.property(anyLoop(), fc.integer({ min: -90, max: 90 }), ({ notes }, by) => {
      expect(sorted(transposeByDegrees(notes, by, 5, 'chromatic'))).toEqual(
        sorted(transposeBySemitones(notes, by)),
      )
    }),
  )
})
