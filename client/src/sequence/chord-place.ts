import type { TrackLoop } from './compile.ts'

/**
 * The law of the lane: which of its chords plays at a beat of the song, counted from the moment the song began to play.
 * One that begins on a beat plays there, the one before it does not. Makes no objects.
 *
 * @param ends  see `chordEnds`; not empty
 */
export function chordPlaceAt(ends: Uint16Array, beat: number): number {
  const total = ends[ends.length - 1] ?? 1
  const within = ((beat % total) + total) % total
  let place = 0
  while (place < ends.length - 1 && (ends[place] ?? 0) <= within) place++
  return place
}

/** What a track plays on what begins at a beat: the step's own, however early or late its notes are. Makes no objects. */
export const loopOver = (loop: TrackLoop, beat: number): TrackLoop =>
  loop.lane === undefined ? loop : (loop.lane.loops[chordPlaceAt(loop.lane.ends, beat)] ?? loop)
