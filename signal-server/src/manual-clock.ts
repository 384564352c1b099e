import type { Clock } from './clock.ts'

/** A clock that stands still until it is told to move. */
export interface ManualClock extends Clock {
  /** Moves on by `ms` and runs what falls due on the way, in order of time. */
  readonly advance: (ms: number) => void
  /** How many things are still to be run. */
  readonly pending: () => number
}

/** A moment of 2026. */
const WALL_START_MS = 1_790_000_000_000

interface Due {
  readonly atMs: number
  readonly run: () => void
}

/** @param startsAtMs of the wall clock, after others */
export function createManualClock(startsAtMs = 0): ManualClock {
  const due = new Set<Due>()
  let nowMs = 0

  function nextUntil(endMs: number): Due | undefined {
    let next: Due | undefined
    for (const entry of due) {
      if (entry.atMs <= endMs && (next === undefined || entry.atMs < next.atMs)) next = entry
    }
    return next
  }

  return {
    nowMs: () => nowMs,
    wallMs: () => WALL_START_MS + startsAtMs + nowMs,
    pending: () => due.size,
    after(delayMs, run) {
      const entry: Due = { atMs: nowMs + Math.max(0, delayMs), run }
      due.add(entry)
      return () => due.delete(entry)
    },
    advance(ms) {
      const endMs = nowMs + ms
      for (let next = nextUntil(endMs); next !== undefined; next = nextUntil(endMs)) {
        due.delete(next)
        nowMs = next.atMs
        next.run()
      }
      nowMs = endMs
    },
  }
}
