import { noteKey } from '../../sequence/pattern.ts'
import type { Note, NoteEdits, NoteKey, Pattern } from '../../sequence/pattern.ts'
import type { RollRows } from './roll-rows.ts'

/** What becomes of one note as the rows show it: without `from` it is new, without `to` it goes. */
export interface ShownChange {
  readonly from?: Note
  readonly to?: Note
}

const keyOf = ({ step, pitch }: Pick<Note, 'step' | 'pitch'>): NoteKey => noteKey(step, pitch)

/** The notes as they are shown once the changes are made; what has gone meanwhile becomes nothing. */
export function withChanges(shown: Pattern, changes: readonly ShownChange[]): Pattern {
  if (changes.length === 0) return shown
  const standing = changes.filter(({ from }) => from === undefined || shown.has(keyOf(from)))
  const next = new Map(shown)
  for (const { from } of standing) if (from !== undefined) next.delete(keyOf(from))
  for (const { to } of standing) if (to !== undefined) next.set(keyOf(to), to)
  return next
}

/**
 * What is to be written so that the changes come about. All that is shown as one note moves as one; what was shown where
 * a note comes to stand goes whole.
 *
 * @param written the notes as they are written
 */
export function editsOf(
  rows: RollRows,
  written: Pattern,
  changes: readonly ShownChange[],
): NoteEdits {
  const gone = new Map<NoteKey, Note>()
  const write = new Map<NoteKey, Note>()
  const take = ({ step, pitch }: Note): readonly Note[] => {
    const own = rows.written(written, step, pitch)
    for (const note of own) gone.set(keyOf(note), note)
    return own
  }
  for (const { from, to } of changes) {
    const own = from && take(from)
    if (to === undefined || own?.length === 0) continue
    take(to)
    // Where several come to one place, the one that is seen stays.
    for (const note of [...(own ?? [to])].reverse()) {
      const next = from === undefined ? note : changedLike(note, from, to)
      write.set(keyOf(next), next)
    }
  }
  return {
    remove: [...gone].filter(([key]) => !write.has(key)).map(([, note]) => note),
    write: [...write.values()],
  }
}

/** A written note, changed as much as the one that is shown for it. */
function changedLike(note: Note, from: Note, to: Note): Note {
  return {
    ...note,
    step: note.step + to.step - from.step,
    pitch: to.pitch === from.pitch ? note.pitch : to.pitch,
    velocity: Math.max(1, Math.min(127, note.velocity + to.velocity - from.velocity)),
    length: to.length === from.length ? note.length : to.length,
  }
}
