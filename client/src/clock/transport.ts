import type { Bpm } from '../sequence/time.ts'

/** The longest glide, in beats: sixteen bars. */
export const MAX_GLIDE_BEATS = 64

/** A change of tempo that takes its time: linear in time, over so many beats, and then it stays. */
export interface Glide {
  /** Where it leads. */
  readonly bpm: Bpm
  /** Above 0, up to 64. */
  readonly beats: number
}

/** From this moment on: at shared time `sharedMs` the song stood on `beat`, moving at `bpm`. */
export interface Segment {
  /** Quarter notes since the song began to play, from 0; below 0 while it is counted in. */
  readonly beat: number
  /** Shared time in milliseconds (epoch-like: near `Date.now()`). */
  readonly sharedMs: number
  readonly bpm: Bpm
  /** Begins with the segment. */
  readonly glide?: Glide
}

/**
 * Play, stop, tempo and position as one immutable value: the last writer wins as a whole, so that two people's changes
 * never mix into a third thing. The idea is the timeline of Ableton Link.
 */
export interface Transport {
  readonly v: 1
  /** Id of the clock session in whose shared time the segments are written. */
  readonly epoch: string
  readonly playing: boolean
  readonly current: Segment
  /** Takes over from `current` at its own `sharedMs`. */
  readonly next?: Segment & { readonly playing: boolean }
  /** Peer id of the writer, and how many times the transport was written: for diagnosis only. */
  readonly by: string
  readonly n: number
}
