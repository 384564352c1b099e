import type { PeerId } from '@beatcord/shared'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import { createBuckets } from '../net/bucket.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { createLastWords } from './last-words.ts'
import { LIVE_LOOK } from './live-kinds.ts'
import { decodeLook, encodeLook, type Look } from './look-frame.ts'

/** Which track and pattern each person has open, and what they have selected there. */
export interface Looks {
  /** The others', in no particular order. */
  readonly looks: Live<readonly (Look & { readonly peer: PeerId })[]>
  /** @param look  undefined: nothing that is this person's own to show */
  lookAt(look: Look | undefined): void
  /** A frame of the live lane. @returns why its sender is to be cut off */
  hear(from: PeerId, body: Uint8Array): 'look-shape' | undefined
  close: Undo
}

export interface LooksOptions {
  readonly mesh: Pick<Mesh, 'peers' | 'send' | 'onPeer'>
  readonly timers: Pick<Timers, 'after' | 'every' | 'now'>
}

/** Ten a second: nobody selects faster. */
const PERIOD_MS = 100
/** Frames of one peer that are looked at: twice what an honest page sends, which may come late and all at once. */
const HEARD_RATE = { burst: 20, perSecond: 20 }

export function createLooks({ mesh, timers }: LooksOptions): Looks {
  const scope = createScope()
  const buckets = createBuckets<PeerId>(HEARD_RATE)
  const words = createLastWords<Look>({
    mesh,
    timers,
    kind: LIVE_LOOK,
    periodMs: PERIOD_MS,
    encode: encodeLook,
    decode: decodeLook,
  })
  scope.own(words.close)
  scope.own(
    mesh.onPeer((peer, change) => {
      if (change === 'closed') buckets.forget(peer)
    }),
  )

  return {
    looks: words.others,
    lookAt: words.say,
    hear(from, body) {
      if (!buckets.take(from, timers.now())) return undefined
      return words.hear(from, body) ? undefined : 'look-shape'
    },
    close: scope.close,
  }
}
