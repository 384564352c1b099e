import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HIGHEST_PITCH, LOWEST_PITCH } from './pattern.ts'
import { isInScale, SCALES, soundingPitch, type PitchClass, type ScaleName } from './scale.ts'

const written = fc.integer({ min: LOWEST_PITCH, max: HIGHEST_PITCH })
const root = fc.integer({ min: 0, max: 11 }).map((value) => value as PitchClass)
const scale = fc.constantFrom(...(Object.keys(SCALES) as ScaleName[]))

test.each([
  { what: 'a pitch of the scale sounds as written', pitch: 64, in: 'major', sounds: 64 },
  { what: 'of two equally near ones the lower sounds', pitch: 61, in: 'major', sounds: 60 },
  { what: 'a nearer one above wins', pitch: 62, in: 'augmented', sounds: 63 },
  { what: 'two semitones down win over two up', pitch: 66, in: 'pentatonic minor', sounds: 65 },
] as const)('$what', ({ pitch, in: name, sounds }) => {
  expect(soundingPitch(pitch, 0, name)).toBe(sounds)
})

test('below the lowest pitch nothing sounds: the nearest one above does', () => {
  expect(soundingPitch(24, 1, 'pentatonic major')).toBe(25)
  expect(soundingPitch(24, 2, 'pentatonic major')).toBe(26)
})

test('above the highest pitch nothing sounds: the nearest one below does', () => {
  expect(soundingPitch(108, 1, 'pentatonic major')).toBe(106)
  expect(soundingPitch(108, 2, 'augmented')).toBe(106)
})

test('what sounds is in the scale, in range and the nearest that is', () => {
  fc.assert(
    fc.property(written, root, scale, (pitch, tonic, name) => {
      const sounding = soundingPitch(pitch, tonic, name)

      const distance = Math.abs(sounding - pitch)
      expect(isInScale(sounding, tonic, name)).toBe(true)
      expect(sounding).toBeGreaterThanOrEqual(LOWEST_PITCH)
      expect(sounding).toBeLessThanOrEqual(HIGHEST_PITCH)
      expect(distance).toBeLessThanOrEqual(6)
      for (let other = LOWEST_PITCH; other <= HIGHEST_PITCH; other++) {
        if (isInScale(other, tonic, name))
          expect(Math.abs(other - pitch)).toBeGreaterThanOrEqual(distance)
      }
    }),
  )
})

test('what sounds stays the same when it is asked for again', () => {
  fc.assert(
    fc.property(written, root, scale, (pitch, tonic, name) => {
      const once = soundingPitch(pitch, tonic, name)

      expect(soundingPitch(once, tonic, name)).toBe(once)
    }),
  )
})

test('the chromatic scale leaves every pitch as written', () => {
  fc.assert(
    fc.property(written, root, (pitch, tonic) => {
      expect(soundingPitch(pitch, tonic, 'chromatic')).toBe(pitch)
    }),
  )
})

test('a pitch from outside the range sounds at the edge', () => {
  expect(soundingPitch(-400, 0, 'chromatic')).toBe(24)
  expect(soundingPitch(4000, 0, 'chromatic')).toBe(108)
})
