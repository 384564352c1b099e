import type { Ease } from './engine-types.ts'

/** Watches how much of its time the sound takes to compute, and decides what is given up before it breaks off. */
export interface Governor {
  /** Tells of one block: how long it took, by a clock that may be as coarse as a millisecond, and how long it lasts. */
  note(tookMs: number, lastsMs: number): void
  /** Share of the time over the last second; 1 is all of it. */
  load(): number
  ease(): Ease
}

/** Above the first for a second one thing more is given up; below the second for ten, one is taken back. */
const TOO_MUCH = 0.7
const LITTLE = 0.3
const WINDOW_MS = 1000
const CALM_WINDOWS = 10
/** A block that took more than so many times as long as it lasts was measured by a clock that was set meanwhile. */
const ABSURD_LOAD = 50
const MOST: Ease = 3

export function createGovernor(): Governor {
  // Kept in a record: a number that changes inside a closure becomes a new object with each change.
  const state = { tookMs: 0, lastedMs: 0, load: 0, calm: 0, ease: 0 as Ease }

  return {
    note(tookMs, lastsMs) {
      if (tookMs < 0 || tookMs > ABSURD_LOAD * lastsMs) return
      state.tookMs += tookMs
      state.lastedMs += lastsMs
      if (state.lastedMs < WINDOW_MS) return
      state.load = state.tookMs / state.lastedMs
      state.tookMs = 0
      state.lastedMs = 0
      state.calm = state.load < LITTLE ? state.calm + 1 : 0
      if (state.load > TOO_MUCH && state.ease < MOST) state.ease = next(state.ease, 1)
      if (state.calm < CALM_WINDOWS || state.ease === 0) return
      state.calm = 0
      state.ease = next(state.ease, -1)
    },
    load: () => state.load,
    ease: () => state.ease,
  }
}

const next = (ease: Ease, by: 1 | -1): Ease => (ease + by) as Ease
