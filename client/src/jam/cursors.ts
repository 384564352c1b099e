import type { PeerId } from '@beatcord/shared'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import type { Pitch } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import { decodeCursor, encodeCursor, type Place } from './cursor-frame.ts'
import { createLatestSender } from './latest-sender.ts'
import { LIVE_CURSOR, liveFrame } from './live-kinds.ts'

/** Where somebody else points in the roll of a track. */
export interface Cursor extends Place {
  readonly peer: PeerId
}

/** Who points where. */
export interface Cursors {
  /** The others', in no particular order. */
  readonly cursors: Live<readonly Cursor[]>
  pointAt(track: TrackId, step: number, pitch: Pitch): void
  pointAway(): void
  /** A frame of the live lane. @returns why its sender is to be cut off */
  hear(from: PeerId, body: Uint8Array): 'cursor-shape' | undefined
  close: Undo
}

export interface CursorsOptions {
  readonly mesh: Pick<Mesh, 'peers' | 'send' | 'onPeer'>
  readonly timers: Pick<Timers, 'after' | 'every'>
}

/** Twenty a second. */
const PERIOD_MS = 50
/** Who points at one place and stays says so again: the word before may be lost. */
const REPEAT_MS = 2000
const GONE_AFTER_MS = 5000
const MINE = 'cursor'

export function createCursors({ mesh, timers }: CursorsOptions): Cursors {
  const scope = createScope()
  const cursors = createLive<readonly Cursor[]>([])
  const numbers = new Map<PeerId, number>()
  const ends = new Map<PeerId, Undo>()
  let mine: Place | undefined

  const sender = createLatestSender({
    mesh,
    timers,
    periodMs: PERIOD_MS,
    maxThings: 1,
    encode: (_things, number) => liveFrame(LIVE_CURSOR, encodeCursor({ number, place: mine })),
  })
  const show = (peer: PeerId, place: Place | undefined): void => {
    ends.get(peer)?.()
    ends.delete(peer)
    const others = cursors.read().filter((cursor) => cursor.peer !== peer)
    if (place === undefined) {
      if (others.length < cursors.read().length) cursors.set(others)
      return
    }
    ends.set(
      peer,
      timers.after(GONE_AFTER_MS, () => {
        show(peer, undefined)
      }),
    )
    cursors.set([...others, { peer, ...place }])
  }
  const point = (place: Place | undefined): void => {
    mine = place
    sender.changed(MINE)
  }
  scope.own(
    mesh.onPeer((peer, change) => {
      if (change === 'open' && mine !== undefined) sender.changed(MINE)
      if (change !== 'closed') return
      numbers.delete(peer)
      show(peer, undefined)
    }),
  )
  scope.own(
    timers.every(REPEAT_MS, () => {
      if (mine !== undefined) sender.changed(MINE)
    }),
  )
  scope.own(sender.close)
  scope.own(() => {
    for (const undo of ends.values()) undo()
  })

  return {
    cursors,
    pointAt(track, step, pitch) {
      const isSame = mine?.track === track && mine.step === step && mine.pitch === pitch
      if (!isSame) point({ track, step, pitch })
    },
    pointAway() {
      if (mine !== undefined) point(undefined)
    },
    hear(from, body) {
      const frame = decodeCursor(body)
      if (frame === undefined) return 'cursor-shape'
      if (frame.number <= (numbers.get(from) ?? 0)) return undefined
      numbers.set(from, frame.number)
      show(from, frame.place)
      return undefined
    },
    close: scope.close,
  }
}
