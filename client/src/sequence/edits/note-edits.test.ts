import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noteKey } from '../pattern.ts'
import { editsBetween } from './note-edits.ts'
import { anyLoop, note, sorted } from './edit-contract.ts'

test('only what differs is taken away and written', () => {
  const before = [note(0), note(1), note(2, 60, { nudge: 3 })]
  const after = [note(0, 60, { nudge: 0, chance: 100 }), note(2, 60, { nudge: 4 }), note(5)]

  const edits = editsBetween(before, after)

  expect(edits).toEqual({ remove: [{ step: 1, pitch: 60 }], write: [after[1], after[2]] })
})

test('applied to what was, the edits make what was wanted', () => {
  fc.assert(
    fc.property(anyLoop(), anyLoop(), ({ notes: before }, { notes: after }) => {
      const { remove, write } = editsBetween(before, after)

      const pattern = new Map(before.map((one) => [noteKey(one.step, one.pitch), one]))
      for (const { step, pitch } of remove) pattern.delete(noteKey(step, pitch))
      for (const one of write) pattern.set(noteKey(one.step, one.pitch), one)

      expect(sorted([...pattern.values()])).toEqual(sorted(after))
    }),
  )
})
