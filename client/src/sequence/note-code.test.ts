import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packNote, unpackNote } from './note-code.ts'

const touch = fc.record({
  velocity: fc.integer({ min: 1, max: 127 }),
  length: fc.integer({ min: 1, max: 32 }),
})

test('unpacking undoes packing', () => {
  fc.assert(
    fc.property(touch, (note) => {
      expect(unpackNote(packNote(note))).toEqual(note)
    }),
  )
})

test('velocity and length are clamped before they are stored', () => {
  expect(unpackNote(packNote({ velocity: 900, length: 99 }))).toEqual({ velocity: 127, length: 32 })
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
  100, // no length
  128, // no velocity
  33 * 128 + 100, // too long
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
