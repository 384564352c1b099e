import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillEvery } from './fill.ts'
import { anyLoop, isPattern, note, sorted } from './edit-contract.ts'

test('every so many steps are struck, and what is there stays', () => {
  const row = [note(4, 36, { velocity: 30 }), note(5, 36)]

  const filled = fillEvery(row, 4, 16, 36)

  expect(filled).toEqual([...row, note(0, 36), note(8, 36), note(12, 36)])
})

test('of a loop that does not divide, the last stretch is shorter', () => {
  expect(fillEvery([], 4, 7, 36)).toEqual([note(0, 36), note(4, 36)])
})

test('filled once is filled', () => {
  fc.assert(
    fc.property(anyLoop(36, 36), fc.constantFrom(1, 2, 4), (loop, every) => {
      const { notes, stepCount } = loop
      const once = fillEvery(notes, every, stepCount, 36)

      expect(isPattern(once, loop)).toBe(true)
      expect(once).toEqual(expect.arrayContaining([...notes]))
      expect(sorted(fillEvery(once, every, stepCount, 36))).toEqual(sorted(once))
    }),
  )
})
