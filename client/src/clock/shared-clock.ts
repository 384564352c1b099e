/**
 * What a peer tells the others of its shared clock: at `localMs` on its own clock the shared time was `sharedMs`,
 * running at 1 + `rate`.
 */
export interface Beacon {
  /** Names the session of agreed time; '' while the peer has none yet. */
  readonly sessionId: string
  /** Shared time at which the session was founded: the older session wins a merge. */
  readonly bornAtMs: number
  readonly localMs: number
  readonly sharedMs: number
  readonly rate: number
}

/** A linked peer's beacon, and how to read its clock from ours. */
export interface Neighbour {
  readonly beacon: Beacon
  readonly offsetMs: number
  readonly rttMs: number
}

export type ClockChange =
  | { readonly kind: 'none' }
  | { readonly kind: 'joined' }
  /** Another session won: shared time moved by `deltaMs`, and anchors written in `fromSessionId` with it. */
  | { readonly kind: 'merged'; readonly fromSessionId: string; readonly deltaMs: number }

/** Shared time as one peer believes it; nobody owns it, everyone leans towards the mean of those it reaches. */
export interface SharedClock {
  /** '' until a session is founded or joined. */
  sessionId(): string
  /** Shared time at a moment of our own clock; meaningless before there is a session. */
  sharedMsAt(localMs: number): number
  /** The moment of our own clock at which shared time is `sharedMs`. */
  localMsAt(sharedMs: number): number
  /** Begins a session of our own; does nothing when there is one. */
  found(nowMs: number): void
  /** Leans towards the neighbours; to be called about twice a second. */
  step(nowMs: number, neighbours: readonly Neighbour[]): ClockChange
  beacon(): Beacon
  /** Distance to the neighbours' weighted mean at the last step, in ms, and their least round trip. */
  agreement(): { readonly errorMs: number; readonly rttMs: number } | undefined
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
/** A joiner may still jump for so long, since its first estimates are rough and nobody hears it yet. */
const SETTLING_MS = 3000
/** Farther than this is no drift: the machine slept. */
const LOST_MS = 250
/** Sessions founded closer together than this count as equally old (Ableton Link's rule). */
const SAME_AGE_MS = 500
const WEIGHT_FLOOR_MS = 2
/** A peer slews until its next step, half a second later at most: in the mean, half of that is still to come. */
const SLEW_AHEAD_MS = 250
/** A quarter of the error each half second: all lean at once, on beacons up to a second old, and must not overshoot. */
const GAIN_PER_MS = 0.25 / 500

export function createSharedClock(options: SharedClockOptions): SharedClock {
  let sessionId = ''
  let bornAtMs = 0
  let settledAtMs = 0
  let anchor = { localMs: 0, sharedMs: options.wallOffsetMs, rate: 0 }
  let agreement: { errorMs: number; rttMs: number } | undefined

  const sharedMsAt = (localMs: number): number =>
    anchor.sharedMs + (1 + anchor.rate) * (localMs - anchor.localMs)
  const jump = (nowMs: number, sharedMs: number): void => {
    anchor = { localMs: nowMs, sharedMs, rate: 0 }
  }

  function adopt(nowMs: number, members: readonly Neighbour[], winner: Session): ClockChange {
    const fromSessionId = sessionId
    const before = sharedMsAt(nowMs)
    const after = before + meanError(nowMs, members, before)
    jump(nowMs, after)
    sessionId = winner.sessionId
    bornAtMs = winner.bornAtMs
    settledAtMs = nowMs + SETTLING_MS
    return fromSessionId === ''
      ? { kind: 'joined' }
      : { kind: 'merged', fromSessionId, deltaMs: after - before }
  }

  function lean(nowMs: number, members: readonly Neighbour[]): void {
    const now = sharedMsAt(nowMs)
    const errorMs = meanError(nowMs, members, now)
    agreement = {
      errorMs: Math.abs(errorMs),
      rttMs: members.reduce((least, member) => Math.min(least, member.rttMs), Infinity),
    }
    if (nowMs < settledAtMs || Math.abs(errorMs) > LOST_MS) {
      jump(nowMs, now + errorMs)
      return
    }
    const limit = Math.abs(errorMs) < NEAR_MS ? SLOW_SLEW : FAST_SLEW
    const rate = Math.max(-limit, Math.min(limit, errorMs * GAIN_PER_MS))
    anchor = { localMs: nowMs, sharedMs: now, rate }
  }

  return {
    sessionId: () => sessionId,
    sharedMsAt,
    localMsAt: (sharedMs) => anchor.localMs + (sharedMs - anchor.sharedMs) / (1 + anchor.rate),
    found(nowMs) {
      if (sessionId !== '') return
      sessionId = options.newSessionId
      bornAtMs = sharedMsAt(nowMs)
    },
    step(nowMs, neighbours) {
      const winner = oldest(neighbours, { sessionId, bornAtMs })
      const members = neighbours.filter(({ beacon }) => beacon.sessionId === winner.sessionId)
      if (winner.sessionId !== sessionId) return adopt(nowMs, members, winner)
      if (sessionId !== '' && members.length > 0) lean(nowMs, members)
      else anchor = { localMs: nowMs, sharedMs: sharedMsAt(nowMs), rate: 0 }
      if (members.length === 0) agreement = undefined
      return { kind: 'none' }
    },
    beacon: () => ({ sessionId, bornAtMs, ...anchor }),
    agreement: () => agreement,
  }
}

type Session = Pick<Beacon, 'sessionId' | 'bornAtMs'>

const oldest = (neighbours: readonly Neighbour[], own: Session): Session =>
  neighbours.reduce((best, { beacon }) => (wins(beacon, best) ? beacon : best), own)

function wins(challenger: Session, holder: Session): boolean {
  if (challenger.sessionId === '' || challenger.sessionId === holder.sessionId) return false
  if (holder.sessionId === '') return true
  const younger = challenger.bornAtMs - holder.bornAtMs
  return Math.abs(younger) > SAME_AGE_MS ? younger < 0 : challenger.sessionId < holder.sessionId
}

/** How far the neighbours' shared time is ahead of `sharedMs`, the near ones weighing most. */
function meanError(nowMs: number, members: readonly Neighbour[], sharedMs: number): number {
  let sum = 0
  let weights = 0
  for (const member of members) {
    const weight = 1 / (member.rttMs + WEIGHT_FLOOR_MS) ** 2
    sum += weight * (sharedMsOf(nowMs, member) - sharedMs)
    weights += weight
  }
  return weights === 0 ? 0 : sum / weights
}

/** The shared time by a neighbour's own belief, at our local time. */
export function sharedMsOf(nowMs: number, { beacon, offsetMs }: Neighbour): number {
  const agoMs = nowMs + offsetMs - beacon.localMs
  return beacon.sharedMs + agoMs + beacon.rate * Math.min(agoMs, SLEW_AHEAD_MS)
}
