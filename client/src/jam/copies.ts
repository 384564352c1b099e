import { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Song } from '../sequence/song.ts'
import { createAuthors } from './client-id.ts'
import { isNothing, lostEdits, writeAgain } from './lost-edits.ts'
import {
  createSharedSong,
  type SharedSong,
  type SharedSongOptions,
  type SongCopy,
} from './shared-song.ts'
import type { OpenSong } from './open-song.ts'
import { createSwitch, throughTo } from './switch.ts'

/** A copy that we took over is linked by then. */
const WRITE_AGAIN_MS = 500

/** The copies of the song on this page: one is shared with the room, one is played, and they are nearly always the same. */
export interface Copies extends Pick<SharedSong, 'verbs' | 'song' | 'history' | 'transport'> {
  readonly writable: SharedSong['writable']
  readonly synced: SharedSong['synced']
  readonly lines: SharedSong['chat']['lines']
  readonly played: Live<SongCopy>
  current(): SharedSong
  shared(): SharedSong
  /** Plays and writes to another document, which nobody hears of, until undone; the shared one goes on with the room. */
  detach(doc: Y.Doc, nobody: Mesh): Undo
  close: Undo
}

export type CopiesOptions = Omit<SharedSongOptions, 'onDiverged'> & {
  readonly song: OpenSong
  /** Our copy had come apart from the others', whose copy we share since. */
  readonly onAside: (song: Song) => void
}

export function createCopies(options: CopiesOptions): Copies {
  const { mesh, timers } = options
  const scope = createScope()
  const authors = createAuthors()
  let hasHealed = false
  let detached: SharedSong | undefined

  const copyOptions: SharedSongOptions = {
    ...options,
    onDiverged(better) {
      const old = shared
      const self = mesh.self()
      const isOwn = (client: number): boolean => self !== undefined && authors.own(self, [client])
      const lost = lostEdits(old.doc, better, isOwn)
      shared = createSharedSong(better, copyOptions)
      follow()
      old.close()
      // Of several the first: it is what this person had, the later ones are what a liar made of it.
      options.song.replace(better, !hasHealed)
      if (!hasHealed) options.onAside(old.song.read())
      hasHealed = true
      // Once the new copy is linked, so that it goes out as any edit.
      if (isNothing(lost)) return
      const again = (): void => {
        writeAgain(shared.doc, lost)
      }
      scope.own(timers.after(WRITE_AGAIN_MS, again))
    },
  }
  let shared: SharedSong = createSharedSong(options.song.doc, copyOptions)
  scope.own(() => {
    detached?.close()
    shared.close()
  })
  const current = (): SharedSong => detached ?? shared
  const song = createSwitch(() => current().song)
  const transport = createSwitch(() => current().transport)
  const writable = createSwitch(() => current().writable)
  const synced = createSwitch(() => current().synced)
  const history = createSwitch(() => current().history)
  const lines = createSwitch(() => current().chat.lines)
  const played = createLive<SongCopy>(shared)
  const switches = [song, transport, writable, synced, lines, history]
  const follow = (): void => {
    for (const each of switches) each.follow()
    if (played.read() !== current()) played.set(current())
  }
  for (const each of switches) scope.own(each.close)

  return {
    song: song.live,
    verbs: throughTo(() => current().verbs),
    history: history.live,
    transport: transport.live,
    writable: writable.live,
    synced: synced.live,
    lines: lines.live,
    played,
    current,
    shared: () => shared,
    detach(doc, nobody) {
      // Of its own: y-webrtc takes away who we are along with its room.
      const awareness = new Awareness(doc)
      const earlier = current().keptEdits()
      const own = createSharedSong(doc, { ...copyOptions, mesh: nobody, awareness, earlier })
      detached = own
      follow()
      return () => {
        if (detached !== own) return
        detached = undefined
        follow()
        own.close()
        awareness.destroy()
      }
    },
    close: scope.close,
  }
}
