import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHORD_TONES, type ChordQuality, type LaneChord } from './chord-lane.ts'
import { followedPitches, intervalTo, isChordTone } from './follow-chords.ts'
import { HIGHEST_PITCH, LOWEST_PITCH } from './pattern.ts'
import { isInScale, SCALES, type PitchClass, type ScaleName } from './scale.ts'

const pitchClass = fc.integer({ min: 0, max: 11 }).map((root) => root as PitchClass)
const chord = fc.record({
  root: pitchClass,
  quality: fc.constantFrom(...(Object.keys(CHORD_TONES) as ChordQuality[])),
  halfBars: fc.constant(2),
})
const key = fc.record({
  root: pitchClass,
  scale: fc.constantFrom(...(Object.keys(SCALES) as ScaleName[])),
})
const pitches = fc.uniqueArray(fc.integer({ min: LOWEST_PITCH, max: HIGHEST_PITCH }), {
  maxLength: 10,
})
const C = { root: 0, scale: 'major' } as const
const over = (root: number, quality: ChordQuality): LaneChord => ({
  root: root as PitchClass,
  quality,
  halfBars: 2,
})

test('[CHORD3] a bass line goes along by the smaller interval, a tritone down', () => {
  expect(followedPitches([36, 43], over(5, 'major'), 'root', C)).toEqual([41, 48])
  expect(followedPitches([36, 43], over(7, 'major'), 'root', C)).toEqual([31, 38])
  expect(followedPitches([36], over(6, 'dim'), 'root', C)).toEqual([30])
})

test('[CHORD3] and stays in the scale, but for what the chord wants', () => {
  // The third of A minor is no C sharp; that of A7 is.
  expect(followedPitches([36, 40, 43], over(9, 'minor'), 'root', C)).toEqual([33, 36, 40])
  expect(followedPitches([36, 40, 43], over(9, '7'), 'root', C)).toEqual([33, 37, 40])
  const free = { root: 0, scale: 'chromatic' } as const
  expect(followedPitches([36, 40, 43], over(9, 'minor'), 'root', free)).toEqual([33, 37, 40])
})

test('[CHORD3] over the chord of its own root a line of the scale sounds as written', () => {
  fc.assert(
    fc.property(pitches, chord, key, (written, each, { root, scale }) => {
      const sounding = written.filter((pitch) => isInScale(pitch, root, scale))

      expect(followedPitches(sounding, { ...each, root }, 'root', { root, scale })).toEqual(
        sounding,
      )
    }),
  )
})

test('[CHORD3] what follows a root is in the scale or the chord, near where the interval leads, and in range', () => {
  fc.assert(
    fc.property(pitches, chord, key, (sounding, each, song) => {
      const shift = intervalTo(each.root, song.root)
      for (const [index, pitch] of followedPitches(sounding, each, 'root', song).entries()) {
        expect(isInScale(pitch, song.root, song.scale) || isChordTone(pitch, each)).toBe(true)
        const away = Math.abs(pitch - (sounding[index] ?? 0) - shift)
        expect(Math.min(away, Math.abs(away - 12))).toBeLessThanOrEqual(6)
        expect(pitch).toBeGreaterThanOrEqual(LOWEST_PITCH)
        expect(pitch).toBeLessThanOrEqual(HIGHEST_PITCH)
      }
    }),
  )
})

test.each([
  { what: 'a tone of the chord stays', pitches: [60, 64, 67], sounds: [60, 64, 67] },
  { what: 'a pitch between two tones goes to the nearer', pitches: [65], sounds: [64] },
  { what: 'of two equally near ones to the lower', pitches: [62], sounds: [60] },
  { what: 'and to another where that is taken', pitches: [60, 62], sounds: [60, 64] },
  { what: 'whoever is nearer chooses first', pitches: [63, 64], sounds: [60, 64] },
  { what: 'a cluster spreads over the chord', pitches: [64, 65, 66], sounds: [64, 67, 60] },
])('[CHORD4] over C major $what', ({ pitches: written, sounds }) => {
  expect(followedPitches(written, over(0, 'major'), 'chord', C)).toEqual(sounds)
})

test('[CHORD4] each note has a tone of the chord for itself, and one alone has the nearest', () => {
  fc.assert(
    fc.property(pitches, chord, (sounding, each) => {
      const moved = followedPitches(sounding, each, 'chord', C)

      expect(new Set(moved).size).toBe(moved.length)
      for (const pitch of moved) {
        expect(isChordTone(pitch, each)).toBe(true)
        expect(pitch).toBeGreaterThanOrEqual(LOWEST_PITCH)
        expect(pitch).toBeLessThanOrEqual(HIGHEST_PITCH)
      }
      for (const pitch of sounding) {
        const [alone = 0] = followedPitches([pitch], each, 'chord', C)
        const way = Math.abs(alone - pitch)
        for (let other = LOWEST_PITCH; other <= HIGHEST_PITCH; other++) {
          if (isChordTone(other, each)) expect(Math.abs(other - pitch)).toBeGreaterThanOrEqual(way)
        }
      }
    }),
  )
})

test('[CHORD4] the order of the notes has no part in it', () => {
  fc.assert(
    fc.property(pitches, chord, (sounding, each) => {
      const moved = followedPitches(sounding, each, 'chord', C)

      expect(followedPitches(sounding.toReversed(), each, 'chord', C).toReversed()).toEqual(moved)
    }),
  )
})

test('[CHORD4] where there are more notes than tones the nearest tone is shared', () => {
  const all = Array.from({ length: 85 }, (_, index) => LOWEST_PITCH + index)

  const moved = followedPitches(all, over(0, '5'), 'chord', C)

  expect(moved.every((pitch) => isChordTone(pitch, over(0, '5')))).toBe(true)
  expect(new Set(moved).size).toBe(15)
})
