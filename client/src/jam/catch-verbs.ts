import { packNote } from '../sequence/note-code.ts'
import { noteKey, type NoteEdits, type PatternName } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import { noteEntry, OFF } from './doc-shape.ts'
import type { OwnTrack } from './song-verbs.ts'
import { ENTRY_BYTES, type SongWriter } from './song-writer.ts'
import type { Refusal } from './writable.ts'

/** What is caught of a hand's playing. */
export interface CatchVerbs {
  /**
   * @param own   gets into the song along with it, if it is this track's
   * @param take  what is written under one number is taken back as one
   */
  writeTake(
    place: { readonly track: TrackId; readonly pattern: PatternName },
    edits: NoteEdits,
    own: OwnTrack,
    take: number,
  ): Refusal | undefined
}

export const createCatchVerbs = (writer: SongWriter): CatchVerbs => ({
  writeTake({ track, pattern }, { remove, write }, own, take) {
    const written = new Set(write.map(({ step, pitch }) => noteKey(step, pitch)))
    const change = (): void => {
      for (const { step, pitch } of remove) {
        if (!written.has(noteKey(step, pitch)))
          writer.put(track, noteEntry(step, pitch, pattern), OFF)
      }
      for (const note of write) {
        writer.put(track, noteEntry(note.step, note.pitch, pattern), packNote(note))
      }
    }
    // It stays when the take is taken back, for others may have written there meanwhile.
    if (own.id === track && !writer.hasTrack(track)) {
      const refusal = writer.edit(undefined, () => {
        writer.setMeta(track, own.meta)
      })
      if (refusal !== undefined) return refusal
    }
    return writer.edit({ kind: 'play', track, count: write.length, take }, change, {
      makesSmaller: write.length === 0,
      addedBytes: ENTRY_BYTES * write.length,
    })
  },
})
