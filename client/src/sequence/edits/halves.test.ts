import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doubleLoop, halveLoop } from './halves.ts'
import { anyLoop, isPattern, note, sorted } from './edit-contract.ts'

test('the copy of the first half takes the place of the second', () => {
  const notes = [note(0), note(3, 62), note(5)]

  expect(doubleLoop(notes, 8)).toEqual([note(0), note(3, 62), note(4), note(7, 62)])
})

test('of an odd loop the middle step is in the first half alone', () => {
  expect(doubleLoop([note(0), note(1)], 3)).toEqual([note(0), note(1), note(2)])
  expect(doubleLoop([note(0)], 1)).toEqual([note(0)])
})

test('half of the double is the half, and both are what they are when done again', () => {
  fc.assert(
    fc.property(anyLoop(), (loop) => {
      const { notes, stepCount } = loop
      const twice = doubleLoop(notes, stepCount)
      const half = halveLoop(notes, stepCount)

      expect(isPattern(twice, loop)).toBe(true)
      expect(sorted(halveLoop(twice, stepCount))).toEqual(sorted(half))
      expect(sorted(doubleLoop(twice, stepCount))).toEqual(sorted(twice))
      expect(halveLoop(half, stepCount)).toEqual(half)
    }),
  )
})
