import { type ChordLane, MOST_CHORDS } from '../sequence/chord-lane.ts'
import { chordKey } from './doc-shape.ts'
import { isSameAt, type SongWriter } from './song-writer.ts'
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

/** Each in its place, and nothing in those beyond; nothing is written where it stands already. */
export function putChords({ roomOf, setRoom }: SongWriter, chords: ChordLane): void {
  for (let place = 0; place < MOST_CHORDS; place++) {
    const key = chordKey(place)
    if (!isSameAt({ in: 'room', key }, roomOf(key), chords[place])) setRoom(key, chords[place])
  }
}
