import type { Undo } from '../lib/scope.ts'

/** Time, handed in, so that tests own it. */
export interface Timers {
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** Milliseconds since 1970, for moments that are shown to people. */
  readonly wallMs: () => number
  readonly after: (ms: number, run: () => void) => Undo
  readonly every: (ms: number, run: () => void) => Undo
}

/** The platform's own. */
export const createTimers = (): Timers => ({
  now: () => performance.now(),
  wallMs: () => Date.now(),
  after(ms, run) {
    const id = setTimeout(run, ms)
    return () => {
      clearTimeout(id)
    }
  },
  every(ms, run) {
    const id = setInterval(run, ms)
    return () => {
      clearInterval(id)
    }
  },
})
