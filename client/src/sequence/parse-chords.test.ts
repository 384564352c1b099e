import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHORD_TONES } from './chord-lane.ts'
import { parseChord, parseFollow, parseLane } from './parse-chords.ts'

const AM = { root: 9, quality: 'minor', halfBars: 2 } as const

test('[CHORD1] a bad chord costs its place and no other', () => {
  const places = [AM, { ...AM, root: 12 }, undefined, 'Am', { ...AM, quality: 'toString' }, AM]

  expect(parseLane((place) => places[place])).toEqual({ chords: [AM, AM] })
})

test('[CHORD1] lengths are whole, 1 to 8 half bars; what is no number is no chord', () => {
  const lengths = [0, -7, 1.4, 8.6, 1e9, 4]
  expect(lengths.map((halfBars) => parseChord({ ...AM, halfBars })?.halfBars)).toEqual([
    1, 1, 1, 8, 8, 4,
  ])
  for (const halfBars of [NaN, Infinity, '2', undefined]) {
    expect(parseChord({ ...AM, halfBars })).toBeUndefined()
  }
})

test('[CHORD1] sixteen places are read, whatever else there is; no chord at all is none', () => {
  expect(parseLane(() => AM).chords).toHaveLength(16)
  expect(parseLane(() => null)).toEqual({})
})

test('[CHORD1] whatever is written becomes a chord within its ranges, or none', () => {
  const wild = fc.oneof(
    fc.anything(),
    fc.record({
      root: fc.oneof(fc.integer(), fc.anything()),
      quality: fc.oneof(fc.string(), fc.constantFrom(...Object.keys(CHORD_TONES))),
      halfBars: fc.oneof(fc.double(), fc.integer()),
    }),
  )
  fc.assert(
    fc.property(wild, (value) => {
      const chord = parseChord(value)
      if (chord === undefined) return
      expect(Object.keys(CHORD_TONES)).toContain(chord.quality)
      expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]).toContain(chord.root)
      expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(chord.halfBars)
    }),
  )
})

test('a way to follow is one that there is', () => {
  expect(['root', 'chord', 'off', '', 1, undefined].map(parseFollow)).toEqual([
    'root',
    'chord',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
