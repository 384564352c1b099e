/** Phase is corrected by a slew that ends after so long, the next step or none: a late step must not overshoot. */
export const SLEW_SPAN_MS = 500

/**
 * Shared time as a function of a peer's own clock: `sharedMs` at `localMs`, from then on at 1 + `rate`, and for
 * `SLEW_SPAN_MS` at `slew` more.
 */
export interface ClockMap {
  readonly localMs: number
  readonly sharedMs: number
  readonly rate: number
  readonly slew: number
}

/** What a peer tells the others of its shared clock. */
export interface Beacon extends ClockMap {
  /** Names the session of agreed time; '' while the peer has none yet. */
  readonly sessionId: string
  /** Shared time at which the session was founded: of two equally large ones the older wins. */
  readonly bornAtMs: number
  /** False while the peer is still finding the time: nobody follows it. */
  readonly isSettled: boolean
  /** How far it was corrected in the last minutes beyond what its crystal says, ms. */
  readonly leantMs: number
  /** How many peers it knows in its session, itself included; 1 to 255. */
  readonly members: number
}

/** A linked peer's beacon, and how to read its clock from ours. */
export interface Neighbour {
  readonly beacon: Beacon
  /** Their clock's reading less ours, ms, now. */
  readonly offsetMs: number
  /** How much faster their clock runs than ours. */
  readonly slope: number
  readonly rttMs: number
  readonly spreadMs: number
}

export function sharedMsIn({ localMs, sharedMs, rate, slew }: ClockMap, atMs: number): number {
  const sinceMs = atMs - localMs
  return sharedMs + (1 + rate) * sinceMs + slew * clampSpan(sinceMs)
}

/** The moment of the peer's own clock at which its shared time is that; undoes `sharedMsIn`. */
export function localMsIn(map: ClockMap, sharedMs: number): number {
  const { localMs, rate, slew } = map
  const aheadMs = sharedMs - map.sharedMs
  const sinceMs = aheadMs / (1 + rate + slew)
  if (sinceMs >= 0 && sinceMs <= SLEW_SPAN_MS) return localMs + sinceMs
  const slewedMs = sinceMs < 0 ? 0 : slew * SLEW_SPAN_MS
  return localMs + (aheadMs - slewedMs) / (1 + rate)
}

/** The shared time by a neighbour's own belief, at our local time. */
export const sharedMsOf = (nowMs: number, { beacon, offsetMs }: Neighbour): number =>
  sharedMsIn(beacon, nowMs + offsetMs)

const clampSpan = (sinceMs: number): number => Math.max(0, Math.min(SLEW_SPAN_MS, sinceMs))
