import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHORD_TONES, chordEnds, type ChordLane, type ChordQuality } from './chord-lane.ts'
import { chordPlaceAt } from './chord-place.ts'
import type { PitchClass } from './scale.ts'
import { SUBDIVISIONS } from './song.ts'

const anyChord = fc.record({
  root: fc.integer({ min: 0, max: 11 }).map((root) => root as PitchClass),
  quality: fc.constantFrom(...(Object.keys(CHORD_TONES) as ChordQuality[])),
  halfBars: fc.integer({ min: 1, max: 8 }),
})
const anyLane = fc.array(anyChord, { minLength: 1, maxLength: 16 })

/** By walking from the song's beginning, half bar by half bar. */
function walkedTo(lane: ChordLane, halfBar: number): number {
  const places = lane.flatMap(({ halfBars }, place) => Array<number>(halfBars).fill(place))
  return places[halfBar % places.length] ?? -1
}

test('[CHORD2] whoever walks from the beginning and whoever comes late find the same chord', () => {
  fc.assert(
    fc.property(anyLane, fc.nat(100_000), fc.double({ min: 0, max: 1.999 }), (lane, half, in_) => {
      expect(chordPlaceAt(chordEnds(lane), half * 2 + in_)).toBe(walkedTo(lane, half))
    }),
  )
})

test('[CHORD2] of every step length, in however long a loop, the step on which a chord begins has that chord', () => {
  fc.assert(
    fc.property(anyLane, fc.nat(5000), fc.constantFrom(...SUBDIVISIONS), (lane, half, each) => {
      const ends = chordEnds(lane)
      const first = half * 2 * each

      expect(chordPlaceAt(ends, first / each)).toBe(walkedTo(lane, half))
      expect(chordPlaceAt(ends, (first + 2 * each - 1) / each)).toBe(walkedTo(lane, half))
    }),
  )
})

test('[CHORD2] before the song there is the end of the lane', () => {
  const ends = chordEnds([
    { root: 0, quality: 'major', halfBars: 2 },
    { root: 5, quality: 'major', halfBars: 1 },
  ])

  expect([...ends]).toEqual([4, 6])
  expect([-0.1, 0, 3.99, 4, 5.99, 6].map((beat) => chordPlaceAt(ends, beat))).toEqual([
    1, 0, 0, 1, 1, 0,
  ])
})
