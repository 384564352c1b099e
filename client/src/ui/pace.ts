import { shallowRef, type ShallowRef } from 'vue'

/** Frames that come so far apart are late: fewer than 42 in a second. */
const LATE_MS = 24
/** And so near, in time again. */
const IN_TIME_MS = 19
const EASY_AFTER_MS = 5000
/** Longer than any frame takes: the page was out of sight, or stood. */
const GAP_MS = 400
/** A share of the mean that each frame makes: half of it is older than 11 frames. */
const WEIGHT = 1 / 16

/** Whether a page keeps up with its display while it moves. */
export interface Pace {
  /** Whether frames come late, and whatever only decorates should leave them to what a hand does. */
  readonly isHurried: Readonly<ShallowRef<boolean>>
  /** To be called with each frame. @param nowMs  of the frame, as an animation callback has it */
  frame(nowMs: number): void
}

/** Late at once, in time again only when frames have come in time for 5 s: what was left out is what made room. */
export function createPace(): Pace {
  const isHurried = shallowRef(false)
  let lastMs: number | undefined
  let meanMs = 0
  let easySinceMs: number | undefined

  return {
    isHurried,
    frame(nowMs) {
      const passedMs = nowMs - (lastMs ?? -Infinity)
      lastMs = nowMs
      if (passedMs > GAP_MS) {
        meanMs = IN_TIME_MS
        easySinceMs = undefined
        return
      }
      meanMs += (passedMs - meanMs) * WEIGHT
      if (meanMs > LATE_MS) isHurried.value = true
      if (meanMs > IN_TIME_MS) easySinceMs = undefined
      else easySinceMs ??= nowMs
      if (easySinceMs !== undefined && nowMs - easySinceMs >= EASY_AFTER_MS) isHurried.value = false
    },
  }
}
