import type { PeerId } from '@beatcord/shared'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import { createBucket, createBuckets } from '../net/bucket.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { createWaits } from '../net/waits.ts'
import { LIVE_REACTION, liveFrame } from './live-kinds.ts'
import { decodeReaction, encodeReaction, type ReactionName } from './reaction-frame.ts'

/** A reaction that is seen just now. */
export interface ShownReaction {
  /** Counts from 1, on this page. */
  readonly id: number
  readonly peer: PeerId
  readonly name: ReactionName
}

/** What people say without words, seen by all at one moment. */
export interface Reactions {
  /** Oldest first, one's own among them; of each person at most `MOST_OF_ONE`. */
  readonly shown: Live<readonly ShownReaction[]>
  /** @returns false when this is one too many now: nobody sees it */
  react(name: ReactionName): boolean
  /** A frame of the live lane. @returns why its sender is to be cut off */
  hear(from: PeerId, body: Uint8Array): 'reaction-shape' | undefined
  close: Undo
}

export interface ReactionsOptions {
  readonly mesh: Pick<Mesh, 'self' | 'broadcast' | 'onPeer'>
  readonly timers: Pick<Timers, 'after' | 'now'>
  /** Shared time now, ms. */
  readonly sharedMs: () => number
  /** When a reaction of this moment is to be seen, in shared time. */
  readonly momentMs: () => number
}

/** So that nobody pushes out what others say. */
export const MOST_OF_ONE = 3
export const SHOWN_MS = 2000
/** No hand means more. */
const OWN_RATE = { burst: 4, perSecond: 2 }
/** What an honest page sends comes in twice, and may come late and all at once. */
const HEARD_RATE = { burst: 16, perSecond: 8 }
/** A lost frame has a second one, which shares no packet with it, and comes before the soonest beat. */
const AGAIN_MS = 60
/** Far more frames of one peer than come while a copy is on its way. */
const REMEMBERED = 32
/** A beat at the slowest tempo, and its lead: what is named farther ahead is of another shared time, and seen at once. */
const LONGEST_WAIT_MS = 4000

export function createReactions(options: ReactionsOptions): Reactions {
  const { mesh, timers } = options
  const scope = createScope()
  const shown = createLive<readonly ShownReaction[]>([])
  const numbers = new Map<PeerId, readonly number[]>()
  const buckets = createBuckets<PeerId>(HEARD_RATE)
  const waits = createWaits(timers)
  scope.own(waits.close)
  const own = createBucket(OWN_RATE)
  let number = 0
  let id = 0

  const show = (peer: PeerId, name: ReactionName): void => {
    const reaction = { id: (id += 1), peer, name }
    const kept = shown
      .read()
      .filter((each) => each.peer === peer)
      .slice(1 - MOST_OF_ONE)
    const next = shown.read().filter((each) => each.peer !== peer || kept.includes(each))
    shown.set([...next, reaction])
    waits.after(SHOWN_MS, () => {
      shown.set(shown.read().filter((each) => each !== reaction))
    })
  }
  const showAt = (sharedMs: number, peer: PeerId, name: ReactionName): void => {
    const waitMs = sharedMs - options.sharedMs()
    const isAhead = waitMs > 0 && waitMs <= LONGEST_WAIT_MS
    waits.after(isAhead ? waitMs : 0, () => {
      show(peer, name)
    })
  }
  scope.own(
    mesh.onPeer((peer, change) => {
      if (change !== 'closed') return
      numbers.delete(peer)
      buckets.forget(peer)
    }),
  )

  return {
    shown,
    react(name) {
      const self = mesh.self()
      if (self === undefined || !own.take(1, timers.now())) return false
      const sharedMs = options.momentMs()
      const frame = liveFrame(
        LIVE_REACTION,
        encodeReaction({ number: (number += 1), name, sharedMs }),
      )
      mesh.broadcast('live', frame)
      waits.after(AGAIN_MS, () => {
        mesh.broadcast('live', frame)
      })
      showAt(sharedMs, self.peer, name)
      return true
    },
    hear(from, body) {
      if (!buckets.take(from, timers.now())) return undefined
      const frame = decodeReaction(body)
      if (frame === undefined) return 'reaction-shape'
      const heard = numbers.get(from) ?? []
      if (heard.includes(frame.number)) return undefined
      numbers.set(from, [...heard, frame.number].slice(-REMEMBERED))
      showAt(frame.sharedMs, from, frame.name)
      return undefined
    },
    close: scope.close,
  }
}
