import * as Y from 'yjs'
import type { Transport } from '../clock/transport.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Song } from '../sequence/song.ts'
import { type Chat, createChat } from './chat.ts'
import { type ClockSync, type Company, createClockSync } from './clock-sync.ts'
import { createJamProvider, type JamProvider } from './jam-provider.ts'
import { createSongReader } from './song-reader.ts'
import { openSongStore } from './song-store.ts'
import { createSongVerbs, type OwnTrack, type SongVerbs } from './song-verbs.ts'
import { createTransportKeeper } from './transport-keeper.ts'
import { createWritable, type Writable } from './writable.ts'

/** What the peers of one room share. */
export interface Jam {
  readonly song: Live<Song>
  readonly verbs: SongVerbs
  readonly chat: Pick<Chat, 'lines' | 'say'>
  /** In shared time; standing still while there is none. */
  readonly transport: Live<Transport>
  setTransport(transport: Transport): void
  readonly clock: Omit<ClockSync, 'close'>
  readonly writable: Live<Writable>
  /** True once some peer's answer brought all that we lacked. */
  readonly synced: Live<boolean>
  readonly awareness: Pick<JamProvider, 'awareness' | 'awarenessOf'>
  leave: Undo
}

export interface JamOptions {
  /** Song and mesh stay their makers' to close, after `leave`. */
  readonly song: OpenSong
  readonly mesh: Mesh
  readonly timers: Timers
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  /** 16 hex digits, fresh. */
  readonly newSessionId: string
  /** Milliseconds since 1970 at `timers.now() === 0`. */
  readonly wallOffsetMs: number
  readonly company: () => Company
  readonly ownTrack: () => OwnTrack | undefined
}

/** A song as this browser kept it, before anyone else's word. */
export interface OpenSong {
  readonly doc: Y.Doc
  /** Whether this browser keeps it. */
  readonly kept: boolean
  close: Undo
}

/**
 * Reads the song from the disk. To be awaited before the first word to the server: what peers say while nobody listens
 * would be lost.
 *
 * @param storeName  tells the room's song apart from others in this browser; without it nothing is kept
 */
export async function openSong(storeName?: string): Promise<OpenSong> {
  const doc = new Y.Doc()
  const store = storeName === undefined ? undefined : await openSongStore(storeName, doc)
  return {
    doc,
    kept: store?.keeps ?? false,
    close() {
      store?.close()
      doc.destroy()
    },
  }
}

/** Document, awareness and clock of one jam. */
export function joinJam(options: JamOptions): Jam {
  const { timers, mesh } = options
  const { doc } = options.song
  const scope = createScope()
  const { writable, close: closeWritable } = createWritable(doc)
  scope.own(closeWritable)
  const mayEdit = (): boolean => writable.read() === 'yes'
  const { song, close: closeReader } = createSongReader(doc)
  scope.own(closeReader)
  const chat = createChat(doc, mayEdit)
  scope.own(chat.close)
  const clock = createClockSync(options)
  scope.own(clock.close)
  const keeper = createTransportKeeper({
    doc,
    clock,
    timers,
    random: options.random,
    mayEdit: () => writable.read() !== 'newer-song',
  })
  scope.own(keeper.close)
  const provider = createJamProvider(doc, mesh, timers, options.random)
  scope.own(provider.close)

  return {
    song,
    verbs: createSongVerbs(doc, song.read, options.ownTrack, writable.read),
    chat,
    transport: keeper.transport,
    setTransport: keeper.write,
    clock,
    writable,
    synced: provider.synced,
    awareness: provider,
    leave: scope.close,
  }
}
