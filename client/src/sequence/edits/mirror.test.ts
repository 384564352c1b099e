import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mirror } from './mirror.ts'
import { anyLoop, isPattern, note, placesOf, sorted } from './edit-contract.ts'

test('a note begins where it ended', () => {
  const notes = [note(0, 60, { length: 4 }), note(6, 64, { nudge: 5 })]

  expect(mirror(notes, 8, true)).toEqual([note(4, 60, { length: 4 }), note(1, 64, { nudge: -5 })])
})

test('a stroke is one step long, whatever is written', () => {
  expect(mirror([note(0, 36, { length: 4 })], 8, false)).toEqual([note(7, 36, { length: 4 })])
})

test('a note that runs into the next of its pitch ends there', () => {
  const notes = [note(0, 60, { length: 8 }), note(2, 60, { length: 2 })]

  expect(mirror(notes, 8, true)).toEqual([note(6, 60, { length: 2 }), note(4, 60, { length: 2 })])
})

test('no note is lost, and mirrored twice all stand where they stood', () => {
  fc.assert(
    fc.property(anyLoop(), fc.boolean(), (loop, hasLengths) => {
      const once = mirror(loop.notes, loop.stepCount, hasLengths)
      const twice = mirror(once, loop.stepCount, hasLengths)

      expect(once).toHaveLength(loop.notes.length)
      expect(isPattern(once, loop)).toBe(true)
      expect(placesOf(twice)).toEqual(placesOf(loop.notes))
      expect(
        sorted(mirror(mirror(twice, loop.stepCount, hasLengths), loop.stepCount, hasLengths)),
      ).toEqual(sorted(twice))
    }),
  )
})
