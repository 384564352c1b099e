import type { PeerId } from '@beatcord/shared'
import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import type { Pitch } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import { decodeCursor, encodeCursor, type Place } from './cursor-frame.ts'
import { createLastWords } from './last-words.ts'
import { LIVE_CURSOR } from './live-kinds.ts'

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

export function createCursors({ mesh, timers }: CursorsOptions): Cursors {
  const words = createLastWords<Place>({
    mesh,
    timers,
    kind: LIVE_CURSOR,
    periodMs: PERIOD_MS,
    encode: encodeCursor,
    decode: decodeCursor,
  })
  let mine: Place | undefined

  const point = (place: Place | undefined): void => {
    mine = place
    words.say(place)
  }
  return {
    cursors: words.others,
    pointAt(track, step, pitch) {
      const isSame = mine?.track === track && mine.step === step && mine.pitch === pitch
      if (!isSame) point({ track, step, pitch })
    },
    pointAway() {
      if (mine !== undefined) point(undefined)
    },
    hear: (from, body) => (words.hear(from, body) ? undefined : 'cursor-shape'),
    close: words.close,
  }
}
