import { expect, test } from 'vitest'
import { noteKey } from '../sequence/pattern.ts'
import { ANAS_TRACK, createSongCopy, type SongCopy } from './testing.ts'

const notesOf = (copy: SongCopy): readonly string[] => [
  ...(copy.song().tracks[0]?.patterns.a.keys() ?? []),
]

test('many notes are moved in one change: first all are taken, then all written', () => {
  const ana = createSongCopy()
  const note = (step: number, pitch: number) => ({ step, pitch, velocity: 90, length: 2 })
  ana.verbs.editNotes(ANAS_TRACK, { remove: [], write: [note(0, 60), note(1, 60), note(5, 64)] })
  expect(ana.song().tracks).toMatchObject([{ id: ANAS_TRACK, name: 'anas' }])
  ana.sent.splice(0)

  ana.verbs.editNotes(ANAS_TRACK, {
    remove: [note(0, 60), note(1, 60), note(9, 9)],
    write: [note(1, 60), note(2, 60)],
  })

  expect(notesOf(ana).toSorted()).toEqual(['1/60', '2/60', '5/64'])
  expect(ana.song().tracks[0]?.patterns.a.get(noteKey(2, 60))).toEqual(note(2, 60))
  expect(ana.sent).toHaveLength(1)
})

test('of a full song many notes can be taken, and none be put in their place', () => {
  const copy = createSongCopy(ANAS_TRACK, 'full')
  const taken = { step: 0, pitch: 60 }

  expect(copy.verbs.editNotes(ANAS_TRACK, { remove: [taken], write: [] })).toBeUndefined()
  expect(
    copy.verbs.editNotes(ANAS_TRACK, {
      remove: [taken],
      write: [{ ...taken, step: 1, velocity: 90, length: 1 }],
    }),
  ).toBe('full')
  expect(copy.song().tracks).toEqual([])
})
