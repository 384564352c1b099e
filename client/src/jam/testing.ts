import * as Y from 'yjs'
import type { Live } from '../lib/live.ts'
import type { TrackId } from '../sequence/song.ts'
import { createSongReader, type Overlay } from './song-reader.ts'
import { createSongVerbs } from './song-verbs.ts'
import type { Song } from '../sequence/song.ts'
import type { Writable } from './writable.ts'

export const ANAS_TRACK = 'anasanasanas' as TrackId
export const BOS_TRACK = 'bobobobobobo' as TrackId

/** One person's copy of a song, without a network. */
export interface SongCopy {
  readonly doc: Y.Doc
  readonly verbs: ReturnType<typeof createSongVerbs>
  song(): Song
  /** Every update made here so far, in order. */
  readonly sent: Uint8Array[]
}

/** One whose song can be watched. */
export interface WatchedCopy extends SongCopy {
  readonly live: Live<Song>
}

export function createSongCopy(
  own: TrackId = ANAS_TRACK,
  writable: Writable | (() => Writable) = 'yes',
  overlay?: Overlay,
): WatchedCopy {
  const doc = new Y.Doc()
  const { song } = createSongReader(doc, overlay)
  const sent: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'peer') sent.push(update)
  })
  const meta = {
    owner: `owner of ${own}`,
    home: 'home',
    name: own.slice(0, 4),
    colour: 1,
    bornMs: 1,
  }
  const verbs = createSongVerbs({
    doc,
    song: song.read,
    own: () => ({ id: own, meta }),
    writable: typeof writable === 'string' ? () => writable : writable,
  })
  return { doc, verbs, song: song.read, live: song, sent }
}

export const receive = (copy: SongCopy, update: Uint8Array): void => {
  Y.applyUpdate(copy.doc, update, 'peer')
}
