import { MS_PER_MINUTE, type Bpm } from '../sequence/time.ts'

/** A delay that is a part of a beat: heard so late everything by hand still falls on the grid. */
export interface Pocket {
  readonly beats: number
  readonly ms: number
}

/** From the shortest, in beats. */
const POCKET_BEATS = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1] as const

/** The shortest that is no shorter than `needMs` at this tempo; the longest when none is. */
export function pocketFor(needMs: number, bpm: Bpm): Pocket {
  const beatMs = MS_PER_MINUTE / bpm
  const beats = POCKET_BEATS.find((each) => each * beatMs >= needMs) ?? 1
  return { beats, ms: beats * beatMs }
}
