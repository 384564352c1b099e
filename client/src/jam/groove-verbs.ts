import { packNote } from '../sequence/note-code.ts'
import type { Note, PatternName } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import { noteEntry, paramEntry } from './doc-shape.ts'
import { ENTRY_BYTES, type SongWriter } from './song-writer.ts'
import type { Refusal } from './writable.ts'

/** How a groove gets onto a track. */
export interface GrooveVerbs {
  /**
   * Writes notes in place of those that stand there and the swing of their track, as one edit.
   *
   * @param swing  percent, 50 to 75; undefined to leave it
   */
  writeGroove(
    place: { readonly track: TrackId; readonly pattern: PatternName },
    notes: readonly Note[],
    swing: number | undefined,
  ): Refusal | undefined
}

export const createGrooveVerbs = ({ edit, put }: SongWriter): GrooveVerbs => ({
  writeGroove({ track, pattern }, notes, swing) {
    const write = (): void => {
      if (swing !== undefined) put(track, paramEntry('swing'), swing)
      for (const note of notes) {
        put(track, noteEntry(note.step, note.pitch, pattern), packNote(note))
      }
    }
    const addedBytes = ENTRY_BYTES * (notes.length + 1)
    return edit({ kind: 'groove', track, count: notes.length }, write, { addedBytes })
  },
})
