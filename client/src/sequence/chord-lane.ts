import type { PitchClass } from './scale.ts'
import { BEATS_PER_BAR } from './time.ts'

/** Semitones of a chord's tones above its root, ascending from 0. */
export const CHORD_TONES = {
  major: [0, 4, 7],
  minor: [0, 3, 7],
  '7': [0, 4, 7, 10],
  maj7: [0, 4, 7, 11],
  m7: [0, 3, 7, 10],
  sus2: [0, 2, 7],
  sus4: [0, 5, 7],
  dim: [0, 3, 6],
  aug: [0, 4, 8],
  m7b5: [0, 3, 6, 10],
  dim7: [0, 3, 6, 9],
  '6': [0, 4, 7, 9],
  m6: [0, 3, 7, 9],
  '9': [0, 4, 7, 10, 14],
  maj9: [0, 4, 7, 11, 14],
  m9: [0, 3, 7, 10, 14],
  add9: [0, 4, 7, 14],
  '5': [0, 7],
} as const satisfies Readonly<Record<string, readonly number[]>>

export type ChordQuality = keyof typeof CHORD_TONES

export interface LaneChord {
  readonly root: PitchClass
  readonly quality: ChordQuality
  /** How long it lasts, in half bars, 1 to 8. */
  readonly halfBars: number
}

/** The chords that tracks may follow, one after the other from beat 0 on, and around again; at most 16. */
export type ChordLane = readonly LaneChord[]

export const MOST_CHORDS = 16
export const MOST_HALF_BARS = 8
export const HALF_BAR_BEATS = BEATS_PER_BAR / 2

export const isSameChord = (one: LaneChord, other: LaneChord | undefined): boolean =>
  one.root === other?.root && one.quality === other.quality

/** The beat at which each chord of a lane ends, counted from the lane's beginning: the last is how long it all lasts. */
export function chordEnds(lane: ChordLane): Uint16Array {
  let beat = 0
  return Uint16Array.from(lane, ({ halfBars }) => (beat += halfBars * HALF_BAR_BEATS))
}
