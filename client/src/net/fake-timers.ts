import type { Timers } from './timers.ts'

/** Time that moves when the test says so. */
export interface FakeTimers extends Timers {
  /** Runs what falls due, in order, and leaves the clock `ms` later. */
  advance(ms: number): void
  /** The clock moves and nothing runs, as when a machine sleeps; what fell due runs with the next `advance`. */
  sleep(ms: number): void
  /** Timers not yet run or undone. */
  waiting(): number
}

interface Due {
  atMs: number
  readonly everyMs?: number
  readonly run: () => void
}

export function createFakeTimers(startMs = 1000): FakeTimers {
  let nowMs = startMs
  const due = new Set<Due>()

  function add(entry: Due): () => void {
    due.add(entry)
    return () => due.delete(entry)
  }

  function firstUntil(untilMs: number): Due | undefined {
    let first: Due | undefined
    for (const entry of due) {
      if (entry.atMs <= untilMs && (first === undefined || entry.atMs < first.atMs)) first = entry
    }
    return first
  }

  return {
    now: () => nowMs,
    wallMs: () => nowMs + 1_000_000,
    after: (ms, run) => add({ atMs: nowMs + ms, run }),
    every: (ms, run) => add({ atMs: nowMs + ms, everyMs: ms, run }),
    advance(ms) {
      const untilMs = nowMs + ms
      for (let next = firstUntil(untilMs); next !== undefined; next = firstUntil(untilMs)) {
        nowMs = Math.max(nowMs, next.atMs)
        if (next.everyMs === undefined) due.delete(next)
        else next.atMs = nowMs + next.everyMs
        next.run()
      }
      nowMs = untilMs
    },
    sleep(ms) {
      nowMs += ms
    },
    waiting: () => due.size,
  }
}
