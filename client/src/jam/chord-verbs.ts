import { MOST_CHORDS, type ChordLane } from '../sequence/chord-lane.ts'
import { chordKey } from './doc-shape.ts'
import type { SongWriter } from './song-writer.ts'
import type { Refusal } from './writable.ts'

export interface ChordVerbs {
  /** Puts these chords in place of those that the song has; what stands already is not written. */
  setChords(chords: ChordLane): Refusal | undefined
}

export const createChordVerbs = (writer: SongWriter): ChordVerbs => ({
  setChords: (chords) =>
    writer.edit(
      { kind: 'chords' },
      () => {
        putChords(writer, chords)
      },
      { makesSmaller: chords.length === 0 },
    ),
})

export function putChords({ putRoom }: SongWriter, chords: ChordLane = []): void {
  for (let place = 0; place < MOST_CHORDS; place++) {
    const chord = chords[place]
    // In this order: places are compared as text.
    putRoom(
      chordKey(place),
      chord && { root: chord.root, quality: chord.quality, halfBars: chord.halfBars },
    )
  }
}
