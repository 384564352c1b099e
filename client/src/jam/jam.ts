import type { PeerId } from '@beatcord/shared'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Transport } from '../clock/transport.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import type { Song } from '../sequence/song.ts'
import type { Chat } from './chat.ts'
import { type ClockSync, type Company, createClockSync } from './clock-sync.ts'
import { type Copies, createCopies } from './copies.ts'
import { createCursors, type Cursors } from './cursors.ts'
import type { EditStep } from './edit-history.ts'
import { createGestures, type Gestures } from './gestures.ts'
import { createLateFrames, type LateFrames } from './late-frames.ts'
import { LIVE_CURSOR, LIVE_GESTURE } from './live-kinds.ts'
import type { OpenSong } from './open-song.ts'
import { createPresenceDoor } from './presence-door.ts'
import type { Roles } from './roles.ts'
import type { SharedSong, SongCopy } from './shared-song.ts'
import { createSongReader } from './song-reader.ts'
import type { OwnTrack, SongVerbs } from './song-verbs.ts'
import type { SongSize, Writable } from './writable.ts'

/** What the peers of one room share. */
export interface Jam {
  readonly song: Live<Song>
  readonly verbs: SongVerbs
  /** What this person did here, oldest first. */
  readonly history: Live<readonly EditStep[]>
  /** Drags: heard by all at once, in the song when they rest. */
  readonly gestures: Pick<Gestures, 'put' | 'flush'>
  readonly cursors: Pick<Cursors, 'cursors' | 'pointAt' | 'pointAway'>
  /** For what comes when the jam has begun: its frames of the live lane, and the copy that is played. */
  readonly lateFrames: Pick<LateFrames, 'take' | 'takeRiffs'>
  readonly copy: Live<SongCopy>
  /** For what is written while nobody is in reach. */
  readonly copies: Pick<Copies, 'shared' | 'detach'>
  readonly chat: Pick<Chat, 'lines' | 'say'>
  /** In shared time; standing still while there is none. */
  readonly transport: Live<Transport>
  setTransport(transport: Transport): void
  readonly clock: Omit<ClockSync, 'close'>
  readonly writable: Live<Writable>
  /** Costs an encoding of the song when it changed since it was last asked. */
  songSize(): SongSize
  /** True once some peer's answer brought all that we lacked. */
  readonly synced: Live<boolean>
  readonly awareness: Pick<Awareness, 'on' | 'off' | 'setLocalStateField'>
  /** The awareness state that a linked peer last gave; undefined when none. */
  awarenessOf(peer: PeerId): Readonly<Record<string, unknown>> | undefined
  /** Our copy of the song as it was when it had come apart from the others', whose copy we play since. */
  readonly aside: Live<Song | undefined>
  forgetAside(): void
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
  readonly roles: Roles
}

/** Document, awareness and clock of one jam. */
export function joinJam(options: JamOptions): Jam {
  const { timers, mesh } = options
  const scope = createScope()
  const clock = createClockSync(options)
  scope.own(clock.close)
  // On a document of its own, for it outlives the song's.
  const awareness = new Awareness(new Y.Doc())
  scope.own(() => {
    awareness.destroy()
  })
  const presence = createPresenceDoor(mesh)
  const aside = createLive<Song | undefined>(undefined)
  void options.song.aside().then((doc) => {
    if (doc !== undefined) aside.set(readSong(doc))
  })

  const gestures = createGestures({ mesh, timers })
  const cursors = createCursors({ mesh, timers })
  scope.own(cursors.close)
  const lateFrames = createLateFrames()

  const copies = createCopies({
    ...options,
    overlay: gestures.overlay,
    clock,
    awareness,
    presence,
    onRiff: lateFrames.hearRiff,
    sinceMs: timers.now(),
    onAside: aside.set,
  })
  scope.own(copies.close)

  const hearLive: SharedSong['hearLive'] = (from, bytes, arrivedMs) => {
    if (bytes[0] === LIVE_GESTURE) {
      return options.roles.mayEdit(from) ? gestures.hear(from, bytes.subarray(1)) : undefined
    }
    if (bytes[0] === LIVE_CURSOR) return cursors.hear(from, bytes.subarray(1))
    const late = lateFrames.hear(from, bytes)
    return late === false ? copies.shared().hearLive(from, bytes, arrivedMs) : late
  }
  // While the song can still be written to.
  scope.own(gestures.close)
  scope.own(
    mesh.onBytes('live', (from, bytes, arrivedMs) => {
      const offence = hearLive(from, bytes, arrivedMs)
      if (offence !== undefined) mesh.cutOff(from, offence === false ? 'live-kind' : offence)
    }),
  )

  return {
    song: copies.song,
    verbs: copies.verbs,
    history: copies.history,
    gestures,
    cursors,
    lateFrames,
    copy: copies.played,
    copies,
    chat: {
      lines: copies.lines,
      say(line) {
        copies.current().chat.say(line)
      },
    },
    transport: copies.transport,
    setTransport(value) {
      copies.current().setTransport(value)
    },
    clock,
    writable: copies.writable,
    songSize: () => copies.current().size(),
    synced: copies.synced,
    awareness,
    awarenessOf: (peer) => awareness.getStates().get(presence.clientOf(peer) ?? -1),
    aside,
    forgetAside() {
      options.song.forgetAside()
      aside.set(undefined)
    },
    leave: scope.close,
  }
}

function readSong(doc: Y.Doc): Song {
  const { song, close } = createSongReader(doc)
  close()
  return song.read()
}
