import type { PeerId } from '@beatcord/shared'
import { type Neighbour, sharedMsOf } from '../clock/beacon.ts'
import { type ClockChange, createSharedClock } from '../clock/shared-clock.ts'
import { createEvents } from '../lib/events.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { decodeClockFrame, encodeClockFrame } from './clock-frames.ts'
import { type ClockLink, createClockLink } from './clock-link.ts'
import {
  type ClockReading,
  judgePeer,
  judgeSync,
  type PeerSync,
  type SyncState,
} from './sync-state.ts'

/** Who else is in the room, as far as it bears on founding a session of our own. */
export interface Company {
  readonly self: PeerId | undefined
  /** Others seated by the server's word; undefined while it has not answered. */
  readonly others: number | undefined
}

/** The time that all peers of the jam agree on. */
export interface ClockSync {
  readonly state: Live<SyncState>
  /** Whether the time is good enough to play by: not while it is still being found, nor just after sleep. */
  readonly isGood: Live<boolean>
  /** '' until a session is founded or joined: shared time means nothing before. */
  sessionId(): string
  sharedMsAt(localMs: number): number
  localMsAt(sharedMs: number): number
  /** False while a linked peer has the time of another session, and one of the two will move over. */
  isUndisputed(): boolean
  /** How closely that peer agrees with us. */
  syncOf(peer: PeerId): PeerSync
  /** Share of the last pings to that peer that nothing came back for, 0 to 1; undefined before any counts. */
  lossOf(peer: PeerId): number | undefined
  /** What 19 of 20 messages need one way to the farthest linked peer, ms; 0 when alone. */
  p95OneWayMs(): number
  onChange(listener: (change: ClockChange) => void): Undo
  close: Undo
}

export interface ClockSyncOptions {
  readonly mesh: Pick<Mesh, 'peers' | 'send' | 'onPeer' | 'onBytes' | 'cutOff'>
  readonly timers: Timers
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  readonly newSessionId: string
  /** Milliseconds since 1970 at our monotonic clock's zero. */
  readonly wallOffsetMs: number
  readonly company: () => Company
}

const PING_MS = 1000
/** In a larger room each peer hears of the time from so many that half as often is enough. */
const SMALL_ROOM_LINKS = 4
const LARGE_ROOM_PING_MS = 2000
const STEP_MS = 500
const SEATED_PATIENCE_MS = 5000
const UNKNOWN_PATIENCE_MS = 2500
/** The wall clock went on for so much longer than ours: the machine slept. A time server's corrections are smaller. */
const SLEPT_MS = 1000
/** Whoever is in another session for so long will stay there; a group of three does not wait for one. */
const DISPUTE_MS = 10_000
const NOBODY: PeerSync = { status: 'unmeasured' }

export function createClockSync(options: ClockSyncOptions): ClockSync {
  const { mesh, timers } = options
  const scope = createScope()
  const shared = createSharedClock(options)
  const links = new Map<PeerId, ClockLink>()
  const syncs = new Map<PeerId, PeerSync>()
  const state = createLive<SyncState>({ status: 'syncing' })
  const isGood = createLive(false)
  const events = createEvents<{ change: [ClockChange] }>()
  const startedMs = timers.now()
  let wallLeadMs = timers.wallMs() - timers.now()
  let disputedSinceMs: number | undefined

  const open = (peer: PeerId): void => {
    links.get(peer)?.close()
    links.set(
      peer,
      createClockLink({
        timers,
        random: options.random,
        send: (frame) => mesh.send(peer, 'clock', encodeClockFrame(frame)),
        beaconNow: shared.beacon,
        pauseMs: () => (links.size > SMALL_ROOM_LINKS ? LARGE_ROOM_PING_MS : PING_MS),
        asksFirst: (options.company().self ?? '') < peer,
        slowness: () => Math.max(1, links.size / SMALL_ROOM_LINKS),
      }),
    )
  }
  const close = (peer: PeerId): void => {
    links.get(peer)?.close()
    links.delete(peer)
    syncs.delete(peer)
  }
  const take = (from: PeerId, bytes: Uint8Array, arrivedMs: number): void => {
    const frame = decodeClockFrame(bytes)
    if (frame === undefined) {
      mesh.cutOff(from, 'clock-frame')
      return
    }
    const isHeard = links.get(from)?.take(frame, arrivedMs)
    const isUrgent = !shared.isSettled() || state.read().status === 'alone'
    if (isHeard === true && isUrgent) step()
  }
  const shouldFound = (neighbours: readonly Neighbour[], nowMs: number): boolean => {
    if (shared.sessionId() !== '') return false
    const { self, others } = options.company()
    const waitedMs = nowMs - startedMs
    if (links.size > 0) {
      const allNew =
        neighbours.length === links.size &&
        neighbours.every(({ beacon }) => beacon.sessionId === '')
      return allNew && self !== undefined && [...links.keys()].every((peer) => self < peer)
    }
    if (others === undefined) return waitedMs > UNKNOWN_PATIENCE_MS
    return others === 0 || waitedMs > SEATED_PATIENCE_MS
  }
  const noticeSleep = (nowMs: number): void => {
    const leadMs = timers.wallMs() - nowMs
    const hasSlept = leadMs - wallLeadMs > SLEPT_MS
    wallLeadMs = leadMs
    if (hasSlept && (links.size > 0 || (options.company().others ?? 0) > 0)) shared.slept(nowMs)
  }
  const step = (): void => {
    const nowMs = timers.now()
    noticeSleep(nowMs)
    const heard = [...links].flatMap(([peer, link]) => {
      const neighbour = link.neighbour(nowMs)
      return neighbour === undefined ? [] : [{ peer, neighbour }]
    })
    const neighbours = heard.map(({ neighbour }) => neighbour)
    const founds = shouldFound(neighbours, nowMs)
    if (founds) shared.found(nowMs)
    const change = shared.step(nowMs, neighbours)
    noticeDispute(nowMs)
    judge(
      nowMs,
      heard.map(({ peer }) => peer),
      neighbours,
    )
    isGood.set(shared.isSettled())
    if (founds) events.emit('change', { kind: 'joined' })
    else if (change.kind !== 'none') events.emit('change', change)
  }
  const noticeDispute = (nowMs: number): void => {
    const known = ['', shared.sessionId()]
    const agrees = [...links.values()].every((link) =>
      known.includes(link.beacon()?.sessionId ?? ''),
    )
    disputedSinceMs = agrees ? undefined : (disputedSinceMs ?? nowMs)
  }
  const isDisputedLong = (nowMs: number): boolean =>
    disputedSinceMs !== undefined && nowMs - disputedSinceMs > DISPUTE_MS
  const judge = (
    nowMs: number,
    peers: readonly PeerId[],
    neighbours: readonly Neighbour[],
  ): void => {
    const sharedMs = shared.sharedMsAt(nowMs)
    const trusts = shared.trusts()
    const readings = new Map<PeerId, ClockReading>()
    const isStubborn = isDisputedLong(nowMs)
    for (const [index, peer] of peers.entries()) {
      const neighbour = neighbours[index]
      if (neighbour === undefined) continue
      if (neighbour.beacon.sessionId !== shared.sessionId() && !isStubborn) continue
      const { spreadMs, rttMs } = neighbour
      const offMs = Math.abs(sharedMsOf(nowMs, neighbour) - sharedMs)
      // One who still looks for the time is not voted out for it.
      const isTrusted = trusts[index] === true || !neighbour.beacon.isSettled
      readings.set(peer, { offMs, spreadMs, rttMs, isTrusted })
    }
    for (const [peer, link] of links) {
      const before = syncs.get(peer) ?? { status: 'syncing' }
      syncs.set(peer, judgePeer(before, readings.get(peer), nowMs - link.heardMs()))
    }
    const silentMs = [...links.values()].reduce(
      (least, link) => Math.min(least, nowMs - link.heardMs()),
      Infinity,
    )
    const standing = { sessionId: shared.sessionId(), links: links.size, silentMs }
    state.set(judgeSync(state.read(), standing, [...readings.values()]))
  }

  for (const peer of mesh.peers()) open(peer)
  scope.own(
    mesh.onPeer((peer, change) => {
      // Another way is another round trip: what was measured of the old one says nothing.
      if (change === 'closed') close(peer)
      else open(peer)
    }),
  )
  scope.own(mesh.onBytes('clock', take))
  scope.own(timers.every(STEP_MS, step))
  scope.own(() => {
    for (const peer of [...links.keys()]) close(peer)
  })

  return {
    state,
    isGood,
    sessionId: shared.sessionId,
    sharedMsAt: shared.sharedMsAt,
    localMsAt: shared.localMsAt,
    isUndisputed: () => disputedSinceMs === undefined || isDisputedLong(timers.now()),
    syncOf: (peer) => syncs.get(peer) ?? NOBODY,
    lossOf: (peer) => links.get(peer)?.loss(),
    p95OneWayMs: () =>
      [...links.values()].reduce((worst, link) => Math.max(worst, link.oneWayP95Ms()), 0),
    onChange: (listener) => events.on('change', listener),
    close: scope.close,
  }
}
