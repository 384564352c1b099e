import type { ChordLane } from '../sequence/chord-lane.ts'
import type { SongWriter } from './song-writer.ts'
import type { Refusal } from './writable.ts'

export interface ChordVerbs {
  /** Puts these chords in place of those that the song has; what stands already is not written. */
  setChords(chords: ChordLane): Refusal | undefined
}

export const createChordVerbs = ({ edit, putChords }: SongWriter): ChordVerbs => ({
  setChords: (chords) =>
    edit(
      { kind: 'chords' },
      () => {
        putChords(chords)
      },
      { makesSmaller: chords.length === 0 },
    ),
})
