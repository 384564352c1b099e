import type { PeerId } from '@beatcord/shared'
import { createLinkClock, type LinkClock } from '../clock/link-clock.ts'
import {
  type Beacon,
  type ClockChange,
  createSharedClock,
  type Neighbour,
  sharedMsOf,
} from '../clock/shared-clock.ts'
import { createEvents } from '../lib/events.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { Mesh } from '../net/mesh.ts'
import type { ClockReading, PeerSync, SyncState } from './sync-state.ts'
import { judgePeer, judgeSync } from './sync-state.ts'
import { decodeClockFrame, encodeClockFrame } from './clock-frames.ts'

/** Who else is in the room, as far as it bears on founding a session of our own. */
export interface Company {
  readonly self: PeerId | undefined
  /** Others seated by the server's word; undefined while it has not answered. */
  readonly others: number | undefined
}

/** The time that all peers of the jam agree on. */
export interface ClockSync {
  readonly state: Live<SyncState>
  /** '' until a session is founded or joined: shared time means nothing before. */
  sessionId(): string
  sharedMsAt(localMs: number): number
  localMsAt(sharedMs: number): number
  /** False while a linked peer has the time of another session: one of the two will move over. */
  isSettled(): boolean
  /** Share of the last pings to that peer that nothing came back for, 0 to 1; undefined before any counts. */
  lossOf(peer: PeerId): number | undefined
  /** How far that peer agrees with us, judged anew about twice a second. */
  syncOf(peer: PeerId): PeerSync
  /** Longest of the links' shortest round trips, ms; 0 when alone. */
  worstRttMs(): number
  onChange(listener: (change: ClockChange) => void): Undo
  close: Undo
}

/** Many at first, since a page that has just loaded is busy and most of its stamps are late; then ever fewer. */
const BURST_PINGS = 10
const BURST_MS = 50
const SETTLING_PINGS = 50
const SETTLING_MS = 250
const PING_MS = 500
/** In a larger room each peer hears of the time from so many that once a second is enough. */
const SMALL_ROOM_LINKS = 4
const LARGE_ROOM_PING_MS = 1000
const STEP_MS = 500
/** Round trips before a link's word counts. */
const ENOUGH = 6
const SEATED_PATIENCE_MS = 5000
const UNKNOWN_PATIENCE_MS = 2500
/** No answer by then is none: the clock's lane sends nothing twice. */
const LOST_AFTER_MS = 2000
const COUNTED_PINGS = 32

interface LinkTime {
  readonly clock: LinkClock
  readonly outstanding: Set<number>
  /** Of the last pings whether they were answered, oldest first. */
  readonly answered: boolean[]
  beacon: Beacon | undefined
  pings: number
  /** When they last answered, or the link opened. */
  heardMs: number
  sync: PeerSync
  readonly stop: Undo
}

export interface ClockSyncOptions {
  readonly mesh: Mesh
  readonly timers: Timers
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  readonly newSessionId: string
  /** Milliseconds since 1970 at our monotonic clock's zero. */
  readonly wallOffsetMs: number
  readonly company: () => Company
}

export function createClockSync(options: ClockSyncOptions): ClockSync {
  const { mesh, timers } = options
  const scope = createScope()
  const shared = createSharedClock(options)
  const links = new Map<PeerId, LinkTime>()
  const state = createLive<SyncState>({ status: 'syncing' })
  const events = createEvents<{ change: [ClockChange] }>()
  const startedMs = timers.now()

  const ping = (peer: PeerId, link: LinkTime): void => {
    const sentMs = timers.now()
    link.outstanding.add(sentMs)
    for (const oldMs of link.outstanding) {
      if (sentMs - oldMs < LOST_AFTER_MS) break
      link.outstanding.delete(oldMs)
      count(link, false)
    }
    mesh.send(peer, 'clock', encodeClockFrame({ kind: 'ping', sentMs }))
  }
  const open = (peer: PeerId): void => {
    links.get(peer)?.stop()
    const linkScope = createScope()
    const link: LinkTime = {
      clock: createLinkClock(),
      outstanding: new Set(),
      answered: [],
      beacon: undefined,
      pings: 0,
      heardMs: timers.now(),
      sync: { status: 'syncing' },
      stop: linkScope.close,
    }
    links.set(peer, link)
    let undoNext: Undo = () => undefined
    const pingOn = (): void => {
      ping(peer, link)
      link.pings += 1
      undoNext = timers.after(pauseAfter(link.pings), pingOn)
    }
    linkScope.own(() => undoNext())
    pingOn()
  }
  /** Drawn a little anew each time, so that no two peers keep in step. */
  const pauseAfter = (pings: number): number => {
    if (pings < BURST_PINGS) return BURST_MS
    if (pings < SETTLING_PINGS) return SETTLING_MS
    const pauseMs = links.size > SMALL_ROOM_LINKS ? LARGE_ROOM_PING_MS : PING_MS
    return pauseMs * (0.8 + 0.4 * options.random())
  }
  const close = (peer: PeerId): void => {
    links.get(peer)?.stop()
    links.delete(peer)
  }
  const take = (from: PeerId, bytes: Uint8Array, receivedMs: number): void => {
    const frame = decodeClockFrame(bytes)
    if (frame === undefined) {
      mesh.cutOff(from, 'clock-frame')
      return
    }
    if (frame.kind === 'ping') {
      const answer = {
        theirReceivedMs: receivedMs,
        theirSentMs: timers.now(),
        beacon: shared.beacon(),
      }
      mesh.send(from, 'clock', encodeClockFrame({ kind: 'pong', sentMs: frame.sentMs, ...answer }))
      return
    }
    const link = links.get(from)
    // Only what we asked and have not heard yet: a made-up or repeated answer says nothing of the way.
    if (link?.outstanding.delete(frame.sentMs) !== true) return
    count(link, true)
    link.heardMs = receivedMs
    link.clock.add({ ...frame, receivedMs })
    link.beacon = frame.beacon
    if (shared.sessionId() === '' || state.read().status === 'alone') step()
  }
  const measured = (nowMs: number): readonly Neighbour[] =>
    [...links.values()].flatMap((link) => neighbourOf(nowMs, link) ?? [])
  const shouldFound = (nowMs: number, neighbours: readonly Neighbour[]): boolean => {
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
  const step = (): void => {
    const nowMs = timers.now()
    const neighbours = measured(nowMs)
    const founds = shouldFound(nowMs, neighbours)
    if (founds) shared.found(nowMs)
    const change = shared.step(nowMs, neighbours)
    const standing = { sessionId: shared.sessionId(), links: links.size, silentMs: Infinity }
    const readings = [...links.values()].flatMap((link) => {
      const reading = readingOf(nowMs, link)
      const silentMs = nowMs - link.heardMs
      standing.silentMs = Math.min(standing.silentMs, silentMs)
      link.sync = judgePeer(link.sync, reading, silentMs)
      return reading ?? []
    })
    state.set(judgeSync(state.read(), standing, readings))
    if (founds) events.emit('change', { kind: 'joined' })
    else if (change.kind !== 'none') events.emit('change', change)
  }
  const readingOf = (nowMs: number, link: LinkTime): ClockReading | undefined => {
    const neighbour = neighbourOf(nowMs, link)
    if (neighbour?.beacon.sessionId !== shared.sessionId()) return undefined
    const offMs = Math.abs(sharedMsOf(nowMs, neighbour) - shared.sharedMsAt(nowMs))
    return { offMs, spreadMs: 0, rttMs: neighbour.rttMs, isTrusted: true }
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
    sessionId: shared.sessionId,
    sharedMsAt: shared.sharedMsAt,
    localMsAt: shared.localMsAt,
    isSettled: () =>
      [...links.values()].every(({ beacon }) =>
        ['', shared.sessionId()].includes(beacon?.sessionId ?? ''),
      ),
    lossOf(peer) {
      const answered = links.get(peer)?.answered ?? []
      if (answered.length === 0) return undefined
      return answered.filter((each) => !each).length / answered.length
    },
    syncOf: (peer) => links.get(peer)?.sync ?? { status: 'unmeasured' },
    worstRttMs: () =>
      measured(timers.now()).reduce((worst, { rttMs }) => Math.max(worst, rttMs), 0),
    onChange: (listener) => events.on('change', listener),
    close: scope.close,
  }
}

function count({ answered }: LinkTime, isAnswered: boolean): void {
  answered.push(isAnswered)
  if (answered.length > COUNTED_PINGS) answered.shift()
}

function neighbourOf(nowMs: number, link: LinkTime | undefined): Neighbour | undefined {
  const estimate = link?.clock.estimate(nowMs)
  if (link?.beacon === undefined || estimate === undefined || estimate.samples < ENOUGH) return
  return { beacon: link.beacon, offsetMs: estimate.offsetMs, rttMs: estimate.rttMs }
}
