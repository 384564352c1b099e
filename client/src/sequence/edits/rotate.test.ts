import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rotate } from './rotate.ts'
import { anyLoop, isPattern, note, sorted } from './edit-contract.ts'

test('what leaves the loop comes in again, and what is beyond it stays', () => {
  const notes = [note(0), note(7), note(9)]

  expect(rotate(notes, 1, 8)).toEqual([note(1), note(0), note(9)])
  expect(rotate(notes, -1, 8)).toEqual([note(7), note(6), note(9)])
})

test('there and back is where it was, and so is once around', () => {
  fc.assert(
    fc.property(anyLoop(), fc.integer({ min: -200, max: 200 }), (loop, by) => {
      const { notes, stepCount } = loop
      const there = rotate(notes, by, stepCount)

      expect(isPattern(there, loop)).toBe(true)
      expect(sorted(rotate(there, -by, stepCount))).toEqual(sorted(notes))
      expect(sorted(rotate(notes, stepCount, stepCount))).toEqual(sorted(notes))
    }),
  )
})
