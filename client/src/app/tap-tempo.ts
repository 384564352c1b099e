import { MAX_BPM, MIN_BPM, MS_PER_MINUTE, type Bpm } from '../sequence/time.ts'

/** Moments of the taps that belong together, in monotonic milliseconds, oldest first; at most nine. */
export type Taps = readonly number[]

const MOST_INTERVALS = 8
/** From the third tap on: two say little. */
const LEAST_INTERVALS = 2
/** Longer than any beat: whoever waits so long begins anew. */
const PAUSE_MS = 2000
/** An interval this many times the usual one, or that part of it, belongs to another tempo. */
const OFF_RATIO = 1.6

/** With one more tap; a pause of two seconds, or an interval far off, begins anew with it. */
export function withTap(taps: Taps, atMs: number): Taps {
  const last = taps.at(-1)
  if (last === undefined) return [atMs]
  const intervalMs = atMs - last
  if (intervalMs >= PAUSE_MS || intervalMs <= 0) return [atMs]
  const usualMs = medianInterval(taps)
  if (usualMs === undefined || !isFarOff(intervalMs / usualMs)) {
    return [...taps, atMs].slice(-MOST_INTERVALS - 1)
  }
  // The tap before may be the first at the new tempo.
  return [last, atMs]
}

/** The tempo that is tapped, a whole number from 40 to 240; undefined before the third tap. */
export function bpmOfTaps(taps: Taps): Bpm | undefined {
  const intervalMs = medianInterval(taps)
  if (intervalMs === undefined || taps.length <= LEAST_INTERVALS) return undefined
  return Math.min(MAX_BPM, Math.max(MIN_BPM, Math.round(MS_PER_MINUTE / intervalMs)))
}

const isFarOff = (ratio: number): boolean => ratio > OFF_RATIO || ratio < 1 / OFF_RATIO

function medianInterval(taps: Taps): number | undefined {
  const intervals = taps.slice(1).map((atMs, index) => atMs - (taps[index] ?? atMs))
  intervals.sort((one, other) => one - other)
  const middle = (intervals.length - 1) / 2
  const low = intervals[Math.floor(middle)]
  const high = intervals[Math.ceil(middle)]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
