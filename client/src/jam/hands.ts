import type { PeerId } from '@beatcord/shared'
import { createEvents } from '../lib/events.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import { createBuckets } from '../net/bucket.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import type { Pitch } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import { decodeHand, decodeNeed, encodeNeed } from './hand-frame.ts'
import { createHandHearing, type HandHearing, type HandStroke } from './hand-hearing.ts'
import { createHandSender, type HandSender } from './hand-sender.ts'
import { LIVE_HAND_NEED, liveFrame } from './live-kinds.ts'

/** A key that somebody else holds down. */
export interface HeldKey {
  readonly peer: PeerId
  readonly track: TrackId
  readonly pitch: Pitch
}

/** @property semitones -12 to 12 @property wheel 0 to 1 */
export interface Wheels {
  readonly semitones: number
  readonly wheel: number
}

/** What people play by hand, heard by all and written nowhere. */
export interface Hands extends Pick<HandSender, 'play' | 'bend' | 'turnWheel' | 'sentDelayMs'> {
  /** What of others is to be played. */
  onStroke(listener: (peer: PeerId, stroke: HandStroke) => void): Undo
  onWheels(listener: (peer: PeerId, track: TrackId, wheels: Wheels) => void): Undo
  /** The others'. */
  readonly held: Live<readonly HeldKey[]>
  /** How late everybody has to hear us so that nothing comes too late to anybody, ms; undefined before anyone said so. */
  neededMs(): number | undefined
  /** A frame of the live lane. @returns why its sender is to be cut off */
  hear(from: PeerId, body: Uint8Array): 'hand-shape' | undefined
  hearNeed(from: PeerId, body: Uint8Array): 'hand-shape' | undefined
  close: Undo
}

export interface HandsOptions {
  readonly mesh: Pick<Mesh, 'broadcast' | 'send' | 'onPeer'>
  readonly timers: Pick<Timers, 'now' | 'after' | 'every'>
  readonly sharedMs: () => number
  /** From now to the soonest moment at which something can be heard here, ms. */
  readonly reachMs: () => number
  /** How much later than its moment everybody is to hear us, ms; 0 for as soon as each can. */
  readonly delayMs: () => number
  /** Whether that person may play. */
  readonly mayPlay: (peer: PeerId) => boolean
}

/** Thirty strokes a second, twice, and ten states, which may come late and all at once. */
const HEARD_RATE = { burst: 300, perSecond: 150 }
const NEED_RATE = { burst: 8, perSecond: 4 }
/** Who holds something says so ten times a second; silent for so long, they are not there. */
const SILENT_MS = 500
const LOOK_EVERY_MS = 100
/** A frame of so far away is of another shared time. */
const FARTHEST_MS = 5000
/** Of what is heard while somebody plays. */
const NEED_EVERY_MS = 1000
const NEED_HOLDS_MS = 30_000

const AT_REST: Wheels = { semitones: 0, wheel: 0 }

interface Other {
  readonly hearing: HandHearing
  heardMs: number
  toldMs: number
  wheels: ReadonlyMap<TrackId, Wheels>
}

export function createHands(options: HandsOptions): Hands {
  const { mesh, timers, sharedMs, reachMs } = options
  const scope = createScope()
  const sender = createHandSender(options)
  scope.own(sender.close)
  const others = new Map<PeerId, Other>()
  const needs = new Map<PeerId, { readonly ms: number; readonly atMs: number }>()
  const held = createLive<readonly HeldKey[]>([])
  const buckets = createBuckets<PeerId>(HEARD_RATE)
  const needBuckets = createBuckets<PeerId>(NEED_RATE)
  const events = createEvents<{
    stroke: [PeerId, HandStroke]
    wheels: [PeerId, TrackId, Wheels]
  }>()

  const show = (): void => {
    const keys = [...others].flatMap(([peer, { hearing }]) =>
      hearing.sounding().map(({ track, pitch }) => ({ peer, track, pitch })),
    )
    if (keys.length > 0 || held.read().length > 0) held.set(keys)
  }
  const strike = (peer: PeerId, strokes: readonly HandStroke[]): void => {
    for (const stroke of strokes) events.emit('stroke', peer, stroke)
    if (strokes.length > 0) show()
  }
  const turnTo = (peer: PeerId, other: Other, track: TrackId, next: Wheels): void => {
    const before = other.wheels
    other.wheels = new Map([[track, next]])
    for (const left of before.keys()) if (left !== track) events.emit('wheels', peer, left, AT_REST)
    const { semitones, wheel } = before.get(track) ?? AT_REST
    if (semitones !== next.semitones || wheel !== next.wheel)
      events.emit('wheels', peer, track, next)
  }
  const quieten = (peer: PeerId, other: Other): void => {
    for (const track of other.wheels.keys()) turnTo(peer, other, track, AT_REST)
    strike(peer, other.hearing.release(sharedMs()))
  }
  const tellNeed = (peer: PeerId, other: Other): void => {
    const needMs = other.hearing.needMs()
    if (needMs === undefined || timers.now() - other.toldMs < NEED_EVERY_MS) return
    other.toldMs = timers.now()
    mesh.send(peer, 'live', liveFrame(LIVE_HAND_NEED, encodeNeed(needMs)))
  }
  const otherOf = (peer: PeerId): Other => {
    const known = others.get(peer)
    if (known !== undefined) return known
    const other = {
      hearing: createHandHearing(),
      ...{ heardMs: 0, toldMs: -Infinity, wheels: new Map<TrackId, Wheels>() },
    }
    others.set(peer, other)
    return other
  }
  scope.own(
    timers.every(LOOK_EVERY_MS, () => {
      for (const [peer, other] of others) {
        if (timers.now() - other.heardMs > SILENT_MS) quieten(peer, other)
      }
    }),
  )
  scope.own(
    mesh.onPeer((peer, change) => {
      if (change !== 'closed') return
      const other = others.get(peer)
      if (other !== undefined) quieten(peer, other)
      others.delete(peer)
      needs.delete(peer)
      buckets.forget(peer)
      needBuckets.forget(peer)
    }),
  )

  return {
    play: sender.play,
    bend: sender.bend,
    turnWheel: sender.turnWheel,
    sentDelayMs: sender.sentDelayMs,
    onStroke: (listener) => events.on('stroke', listener),
    onWheels: (listener) => events.on('wheels', listener),
    held,
    neededMs() {
      const fresh = [...needs.values()].filter(({ atMs }) => timers.now() - atMs < NEED_HOLDS_MS)
      return fresh.length === 0 ? undefined : Math.max(...fresh.map(({ ms }) => ms))
    },
    hear(from, body) {
      if (!buckets.take(from, timers.now())) return undefined
      const frame = decodeHand(body)
      if (frame === undefined) return 'hand-shape'
      const nowMs = sharedMs()
      if (!options.mayPlay(from) || Math.abs(nowMs - frame.sharedMs) > FARTHEST_MS) return undefined
      const other = otherOf(from)
      other.heardMs = timers.now()
      turnTo(from, other, frame.track, { semitones: frame.bend, wheel: frame.wheel })
      strike(from, other.hearing.take(frame, nowMs, reachMs()))
      tellNeed(from, other)
      return undefined
    },
    hearNeed(from, body) {
      if (!needBuckets.take(from, timers.now())) return undefined
      const ms = decodeNeed(body)
      if (ms === undefined) return 'hand-shape'
      needs.set(from, { ms, atMs: timers.now() })
      return undefined
    },
    close: scope.close,
  }
}
