import { packNote } from '../note-code.ts'
import { noteKey, type Note, type NoteEdits, type NoteKey } from '../pattern.ts'

/** The edits by which `before` becomes `after`; nothing is written that stands there as it is. */
export function editsBetween(before: Iterable<Note>, after: Iterable<Note>): NoteEdits {
  const stood = byPlace(before)
  const stands = byPlace(after)
  return {
    remove: [...stood]
      .filter(([key]) => !stands.has(key))
      .map(([, { step, pitch }]) => ({ step, pitch })),
    write: [...stands]
      .filter(([key, note]) => !isSame(note, stood.get(key)))
      .map(([, note]) => note),
  }
}

const byPlace = (notes: Iterable<Note>): ReadonlyMap<NoteKey, Note> =>
  new Map([...notes].map((note) => [noteKey(note.step, note.pitch), note]))

/** Whether the same is stored for both. */
const isSame = (one: Note, other: Note | undefined): boolean =>
  other !== undefined && packNote(one) === packNote(other)
