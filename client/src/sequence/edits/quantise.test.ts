import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantise } from './quantise.ts'
import { anyLoop, isPattern, note, sorted } from './edit-contract.ts'

const anyGrid = fc.constantFrom<1 | 2 | 4>(1, 2, 4)

test('a nudge is taken back', () => {
  expect(quantise([note(3, 60, { nudge: 24 })], 1, 16)).toEqual([note(3)])
})

test('notes go to the nearest place of the grid, counting their nudge', () => {
  const notes = [note(1, 60, { nudge: 1 }), note(3, 61, { nudge: -24 }), note(5, 62)]

  expect(quantise(notes, 2, 16)).toEqual([note(2), note(2, 61), note(4, 62)])
})

test('the last notes of a loop go round to its first step', () => {
  expect(quantise([note(15)], 4, 16)).toEqual([note(0)])
  expect(quantise([note(6)], 4, 7)).toEqual([note(0)])
})

test('of notes that meet the loudest stays, as long as the longest', () => {
  const notes = [
    note(0, 60, { length: 3, velocity: 50 }),
    note(1, 60, { velocity: 90, accent: true }),
  ]

  expect(quantise(notes, 4, 16)).toEqual([note(0, 60, { length: 3, velocity: 90, accent: true })])
})

test('quantised once is quantised', () => {
  fc.assert(
    fc.property(anyLoop(), anyGrid, (loop, grid) => {
      const once = quantise(loop.notes, grid, loop.stepCount)

      expect(isPattern(once, loop)).toBe(true)
      expect(sorted(quantise(once, grid, loop.stepCount))).toEqual(sorted(once))
      for (const { step, nudge } of once) {
        if (step < loop.stepCount) expect([step % grid, nudge]).toEqual([0, undefined])
      }
    }),
  )
})
