import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packNote, unpackNote } from './note-code.ts'

const touch = fc.record(
  {
    velocity: fc.integer({ min: 1, max: 127 }),
    length: fc.integer({ min: 1, max: 32 }),
    chance: fc.integer({ min: 1, max: 99 }),
    ratchet: fc.integer({ min: 2, max: 4 }),
    accent: fc.constant(true),
    flam: fc.constant(true),
    nudge: fc.integer({ min: -24, max: 24 }).filter((nudge) => nudge !== 0),
  },
  { requiredKeys: ['velocity', 'length'] },
)

test('a plain note is stored as it always was', () => {
  expect(packNote({ velocity: 100, length: 1 })).toBe(228)
  expect(packNote({ velocity: 100, length: 1, chance: 100, ratchet: 1, nudge: 0 })).toBe(228)
})

test('the fullest note fits into 30 bits', () => {
  const fullest = { velocity: 127, length: 32, chance: 1, ratchet: 4, accent: true, flam: true }

  expect(packNote({ ...fullest, nudge: -24 })).toBeLessThan(2 ** 30)
  expect(packNote({ ...fullest, nudge: 24 })).toBeLessThan(2 ** 30)
})

test('unpacking undoes packing', () => {
  fc.assert(
    fc.property(touch, (note) => {
      expect(unpackNote(packNote(note))).toEqual(note)
    }),
  )
})

test('everything is clamped before it is stored', () => {
  const wild = { velocity: 5, length: 5, chance: -3, ratchet: 9, nudge: -99 }
  expect(unpackNote(packNote(wild))).toEqual({ ...wild, chance: 1, ratchet: 4, nudge: -24 })
  expect(unpackNote(packNote({ ...wild, chance: 900, ratchet: NaN, nudge: NaN }))).toEqual({
    velocity: 5,
    length: 5,
  })
  expect(unpackNote(packNote({ velocity: 900, length: 99 }))).toEqual({ velocity: 127, length: 64 })
  expect(unpackNote(packNote({ velocity: -3, length: 0 }))).toEqual({ velocity: 1, length: 1 })
  expect(unpackNote(packNote({ velocity: NaN, length: 2.4 }))).toEqual({ velocity: 1, length: 2 })
})

test.each([
  undefined,
  null,
  '228',
  {},
  [228],
  NaN,
  Infinity,
  -228,
  228.5,
  0,
  128, // no velocity
  228 + 8192 * 100, // never sounds
  228 + 8192 * 128 * 4 * 4 * 49, // nudged too far
  2 ** 53,
])('%o is no note', (value) => {
  expect(unpackNote(value)).toBeUndefined()
})

test('whatever is unpacked is in range', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const note = unpackNote(value)

      if (note !== undefined) expect(packNote(note)).toBe(value)
    }),
  )
})

test('the longest note of all stands where none had a length before', () => {
  expect(packNote({ velocity: 100, length: 64 })).toBe(100)
  expect(unpackNote(100)).toEqual({ velocity: 100, length: 64 })
  expect(unpackNote(33 * 128 + 100)).toEqual({ velocity: 100, length: 33 })
})
