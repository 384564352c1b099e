export const HEARTBEAT_MS = 1000
/** Three missed heartbeats. */
const UNSTEADY_MS = 3000
const DEAD_MS = 5000
/** A timer of ours that comes later than this says that we slept, not that the peer was silent. */
const LATE_MS = 2000
/** How long the peer has to answer when we ask after a sleep. */
const ANSWER_MS = 2000

export type PulseVerdict = 'steady' | 'unsteady' | 'dead'

/** Judges from what was heard and when whether the other end is there. All times monotonic. */
export interface Pulse {
  heard(nowMs: number): void
  /** The answer to a ping sent now decides. */
  ask(nowMs: number): void
  /** To be called every `HEARTBEAT_MS`; a late call is noticed. */
  beat(nowMs: number): PulseVerdict
}

export function createPulse(startMs: number): Pulse {
  let heardMs = startMs
  let beatMs = startMs
  let askedMs: number | undefined

  return {
    heard(nowMs) {
      heardMs = nowMs
      askedMs = undefined
    },
    ask(nowMs) {
      askedMs ??= nowMs
      // The timer is begun anew with the question.
      beatMs = nowMs
    },
    beat(nowMs) {
      const lateMs = nowMs - beatMs - HEARTBEAT_MS
      beatMs = nowMs
      if (askedMs !== undefined) return nowMs - askedMs >= ANSWER_MS ? 'dead' : 'unsteady'
      if (lateMs > LATE_MS) {
        askedMs = nowMs
        return 'steady'
      }
      const silentMs = nowMs - heardMs
      if (silentMs >= DEAD_MS) return 'dead'
      return silentMs >= UNSTEADY_MS ? 'unsteady' : 'steady'
    },
  }
}
