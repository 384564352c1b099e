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
import { createAuthors } from './client-id.ts'
import { type ClockSync, type Company, createClockSync } from './clock-sync.ts'
import { createCursors, type Cursors } from './cursors.ts'
import type { EditStep } from './edit-history.ts'
import { createGestures, type Gestures } from './gestures.ts'
import { createLateFrames, type LateFrames } from './late-frames.ts'
import { LIVE_CURSOR, LIVE_GESTURE } from './live-kinds.ts'
import { isNothing, lostEdits, writeAgain } from './lost-edits.ts'
import { createPresenceDoor } from './presence-door.ts'
import type { Roles } from './roles.ts'
import { createSharedSong, type SharedSong, type SongCopy } from './shared-song.ts'
import { createSongReader } from './song-reader.ts'
import { openSongStore } from './song-store.ts'
import type { OwnTrack, SongVerbs } from './song-verbs.ts'
import { createSwitch, throughTo } from './switch.ts'
import type { SongSize, Writable } from './writable.ts'

/** A copy that we took over is linked by then. */
const WRITE_AGAIN_MS = 500

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

/** A song as this browser kept it, before anyone else's word. */
export interface OpenSong {
  readonly doc: Y.Doc
  /** Whether this browser keeps it. */
  readonly kept: Live<boolean>
  /** Keeps another document from now on. @param aside whether to keep the one before aside */
  replace(doc: Y.Doc, aside: boolean): void
  /** What an earlier page kept aside; undefined when nothing. */
  aside(): Promise<Y.Doc | undefined>
  forgetAside(): void
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
  let current = doc
  const store = storeName === undefined ? undefined : await openSongStore(storeName, doc)
  // What stands on something that never came would be passed on for ever, and taken by nobody.
  doc.store.pendingStructs = null
  doc.store.pendingDs = null
  return {
    doc,
    kept: store?.keeps ?? createLive(false),
    replace(better, aside) {
      store?.replace(better, aside)
      current.destroy()
      current = better
    },
    aside: async () => store?.aside(),
    forgetAside() {
      store?.forgetAside()
    },
    close() {
      store?.close()
      current.destroy()
    },
  }
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
  const authors = createAuthors()
  let hasHealed = false
  const aside = createLive<Song | undefined>(undefined)
  void options.song.aside().then((doc) => {
    if (doc !== undefined) aside.set(readSong(doc))
  })

  const gestures = createGestures({ mesh, timers })
  const cursors = createCursors({ mesh, timers })
  scope.own(cursors.close)
  const lateFrames = createLateFrames()

  const copyOptions = {
    ...options,
    overlay: gestures.overlay,
    clock,
    awareness,
    presence,
    onRiff: lateFrames.hearRiff,
    sinceMs: timers.now(),
    onDiverged(better: Y.Doc) {
      const old = copy
      const self = mesh.self()
      const isOwn = (client: number): boolean => self !== undefined && authors.own(self, [client])
      const lost = lostEdits(old.doc, better, isOwn)
      copy = createSharedSong(better, copyOptions)
      follow()
      old.close()
      // Of several the first: it is what this person had, the later ones are what a liar made of it.
      options.song.replace(better, !hasHealed)
      if (!hasHealed) aside.set(old.song.read())
      hasHealed = true
      // Once the new copy is linked, so that it goes out as any edit.
      if (isNothing(lost)) return
      const again = (): void => {
        writeAgain(copy.doc, lost)
      }
      scope.own(timers.after(WRITE_AGAIN_MS, again))
    },
  }
  let copy: SharedSong = createSharedSong(options.song.doc, copyOptions)
  scope.own(() => {
    copy.close()
  })
  const song = createSwitch(() => copy.song)
  const transport = createSwitch(() => copy.transport)
  const writable = createSwitch(() => copy.writable)
  const synced = createSwitch(() => copy.synced)
  const history = createSwitch(() => copy.history)
  const lines = createSwitch(() => copy.chat.lines)
  const played = createLive<SongCopy>(copy)
  const follow = (): void => {
    for (const each of [song, transport, writable, synced, lines, history]) each.follow()
    played.set(copy)
  }
  for (const each of [song, transport, writable, synced, lines, history]) scope.own(each.close)

  const hearLive: SharedSong['hearLive'] = (from, bytes, arrivedMs) => {
    if (bytes[0] === LIVE_GESTURE) {
      return options.roles.mayEdit(from) ? gestures.hear(from, bytes.subarray(1)) : undefined
    }
    if (bytes[0] === LIVE_CURSOR) return cursors.hear(from, bytes.subarray(1))
    const late = lateFrames.hear(from, bytes)
    return late === false ? copy.hearLive(from, bytes, arrivedMs) : late
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
    song: song.live,
    verbs: throughTo(() => copy.verbs),
    history: history.live,
    gestures,
    cursors,
    lateFrames,
    copy: played,
    chat: {
      lines: lines.live,
      say(line) {
        copy.chat.say(line)
      },
    },
    transport: transport.live,
    setTransport(value) {
      copy.setTransport(value)
    },
    clock,
    writable: writable.live,
    songSize: () => copy.size(),
    synced: synced.live,
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
