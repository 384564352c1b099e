import {
  type Beacon,
  type ClockMap,
  localMsIn,
  type Neighbour,
  sharedMsIn,
  sharedMsOf,
  SLEW_SPAN_MS,
} from './beacon.ts'
import { crystalRate, type Verdict, weigh } from './consensus.ts'
import { chooseSession, type SessionClaim, sizeOf } from './session-choice.ts'

export type ClockChange =
  | { readonly kind: 'none' }
  | { readonly kind: 'joined' }
  /** Another session won: shared time moved by `deltaMs`, and anchors written in `fromSessionId` with it. */
  | { readonly kind: 'merged'; readonly fromSessionId: string; readonly deltaMs: number }

/** Shared time as one peer believes it; nobody owns it, everyone leans towards the mean of those it reaches. */
export interface SharedClock {
  /** '' until a session is founded or joined. */
  sessionId(): string
  /** False until the time is good enough to play by, and again after sleep; a peer is silent meanwhile. */
  isSettled(): boolean
  /** Shared time at a moment of our own clock; meaningless before there is a session. */
  sharedMsAt(localMs: number): number
  /** The moment of our own clock at which shared time is `sharedMs`. */
  localMsAt(sharedMs: number): number
  /** Begins a session of our own; does nothing when there is one. */
  found(nowMs: number): void
  /** Leans towards the neighbours; to be called about twice a second, and more often while it is not settled. @param neighbours in the order of `trusts` */
  step(nowMs: number, neighbours: readonly Neighbour[]): ClockChange
  /** The machine slept while others were here: our clock may have stood still, and may jump once more. */
  slept(nowMs: number): void
  beacon(): Beacon
  /** Of the neighbours given last whether each is in our session, settled, and not outvoted. */
  trusts(): readonly boolean[]
}

export interface SharedClockOptions {
  readonly newSessionId: string
  /** Milliseconds since 1970 at our clock's zero: a founder starts with wall-clock time. */
  readonly wallOffsetMs: number
}

/** Below this distance the clock slews at most at `SLOW_SLEW`, above it at `FAST_SLEW`: inaudible as tempo. */
const NEAR_MS = 3
const SLOW_SLEW = 0.001
const FAST_SLEW = 0.005
/** A joiner jumps for so long at most, since its first estimates are rough and nobody hears it yet. */
const SETTLING_MS = 3000
/** After sleep the links are often gone too: so long the time of others is waited for before we go by our own. */
const PATIENCE_MS = 8000
/** It is settled sooner when its time stood still for so long. */
const STILL_MS = 300
const CLOSE_MS = 0.5
/** A share of the round trip: what is still off is hidden in the path's own uncertainty. */
const CLOSE_RTT_SHARE = 0.05
/** A quarter of the error each half second: all lean at once, on beacons up to seconds old, and must not overshoot. */
const GAIN = 0.25
/** What all were dragged is taken back at this pace, so that one who is never content gets nowhere. */
const RETURN_PER_MS = 0.2 / 1000
/** Corrections are remembered so long. */
const LEANT_MS = 300_000
const NO_VERDICT: Verdict = { errorMs: 0, draggedMs: 0, trusted: [] }

/** What the neighbours say, as far as it counts. */
interface Heard extends Verdict {
  readonly followed: readonly Neighbour[]
  /** Whether those are settled themselves. */
  readonly hasSettled: boolean
  readonly rate: number
}

/**
 * Masterless agreement: each leans towards the mean of those it reaches, and runs at the rate of their middle crystal.
 * Errors of the paths cancel out over a room, for what one end of a link reads too early the other reads too late by as
 * much; so when a whole room is corrected one way for minutes, somebody is dragging it, and it is taken back.
 */
export function createSharedClock(options: SharedClockOptions): SharedClock {
  let session: SessionClaim = { sessionId: '', bornAtMs: 0 }
  /** Since when we jump and are silent; undefined once settled. */
  let unsettledSinceMs: number | undefined
  /** Since when no jump was worth the name. */
  let stillSinceMs = 0
  let sleptAtMs = -Infinity
  let map: ClockMap = { localMs: 0, sharedMs: options.wallOffsetMs, rate: 0, slew: 0 }
  let members = 1
  let leantMs = 0
  let trusts: readonly boolean[] = []

  const isSettled = (): boolean => session.sessionId !== '' && unsettledSinceMs === undefined
  const unsettle = (nowMs: number): void => {
    unsettledSinceMs = nowMs
    stillSinceMs = nowMs
  }
  const sharedMsAt = (localMs: number): number => sharedMsIn(map, localMs)
  const move = (nowMs: number, deltaMs: number, rate: number, slew: number): void => {
    const sinceMs = Math.max(0, nowMs - map.localMs)
    const slewedMs = map.slew * Math.min(SLEW_SPAN_MS, sinceMs)
    leantMs = (leantMs + slewedMs) * Math.exp(-sinceMs / LEANT_MS)
    map = { localMs: nowMs, sharedMs: sharedMsAt(nowMs) + deltaMs, rate, slew }
  }
  /** Our neighbours of the session that can be followed, and what they say. */
  const listen = (nowMs: number, neighbours: readonly Neighbour[]): Heard => {
    const inSession = neighbours.filter(({ beacon }) => beacon.sessionId === session.sessionId)
    const settled = inSession.filter(({ beacon }) => beacon.isSettled)
    // Nobody follows who is still finding the time, but where all of them are.
    const hasSettled = settled.length > 0
    const followed = hasSettled || unsettledSinceMs === undefined ? settled : inSession
    const sharedMs = sharedMsAt(nowMs)
    const verdict =
      followed.length === 0
        ? NO_VERDICT
        : weigh(
            followed.map((neighbour) => ({
              errorMs: sharedMsOf(nowMs, neighbour) - sharedMs,
              rttMs: neighbour.rttMs,
              spreadMs: neighbour.spreadMs,
              leantMs: neighbour.beacon.leantMs,
            })),
            leantMs,
          )
    trusts = neighbours.map((neighbour) => verdict.trusted[followed.indexOf(neighbour)] === true)
    // Crystals are what they are, whatever session their owners are in.
    const rate = neighbours.length === 0 ? map.rate : crystalRate(neighbours.map(slopeOf))
    return { followed, hasSettled, rate, ...verdict }
  }
  const adopt = (
    nowMs: number,
    neighbours: readonly Neighbour[],
    winner: SessionClaim,
  ): ClockChange => {
    const fromSessionId = session.sessionId
    session = { sessionId: winner.sessionId, bornAtMs: winner.bornAtMs }
    unsettle(nowMs)
    const { errorMs, rate } = listen(nowMs, neighbours)
    move(nowMs, errorMs, rate, 0)
    if (fromSessionId === '') return { kind: 'joined' }
    return { kind: 'merged', fromSessionId, deltaMs: errorMs }
  }
  const lean = (nowMs: number, neighbours: readonly Neighbour[]): void => {
    const { followed, hasSettled, errorMs, rate, draggedMs } = listen(nowMs, neighbours)
    if (unsettledSinceMs !== undefined) {
      // Two who both look for the time meet in the middle.
      move(nowMs, hasSettled ? errorMs : errorMs / 2, rate, 0)
      if (followed.length === 0) {
        if (nowMs - sleptAtMs >= PATIENCE_MS) unsettledSinceMs = undefined
        else unsettle(nowMs)
        return
      }
      const nearestMs = followed.reduce((least, { rttMs }) => Math.min(least, rttMs), Infinity)
      const isClose = Math.abs(errorMs) < CLOSE_MS + nearestMs * CLOSE_RTT_SHARE
      if (!isClose) stillSinceMs = nowMs
      const isDue = nowMs - unsettledSinceMs >= SETTLING_MS
      if (isDue || nowMs - stillSinceMs >= STILL_MS) unsettledSinceMs = undefined
      return
    }
    const limit = Math.abs(errorMs) < NEAR_MS ? SLOW_SLEW : FAST_SLEW
    const wanted = (errorMs * GAIN) / SLEW_SPAN_MS - draggedMs * RETURN_PER_MS
    const slew = Math.max(-limit, Math.min(limit, wanted))
    move(nowMs, 0, rate, slew)
  }
  return {
    sessionId: () => session.sessionId,
    isSettled,
    sharedMsAt,
    localMsAt: (sharedMs) => localMsIn(map, sharedMs),
    found(nowMs) {
      if (session.sessionId !== '') return
      session = { sessionId: options.newSessionId, bornAtMs: sharedMsAt(nowMs) }
      move(nowMs, 0, 0, 0)
    },
    step(nowMs, neighbours) {
      const beacons = neighbours.map(({ beacon }) => beacon)
      const winner = chooseSession(session, beacons)
      const change =
        winner.sessionId === session.sessionId ? undefined : adopt(nowMs, neighbours, winner)
      if (change === undefined && session.sessionId !== '') lean(nowMs, neighbours)
      members = Math.min(255, 1 + sizeOf(session.sessionId, beacons))
      return change ?? { kind: 'none' }
    },
    slept(nowMs) {
      if (session.sessionId === '') return
      unsettle(nowMs)
      sleptAtMs = nowMs
    },
    beacon: () => ({
      ...session,
      ...map,
      isSettled: isSettled(),
      leantMs,
      members,
    }),
    trusts: () => trusts,
  }
}

const slopeOf = ({ slope }: Neighbour): number => slope
