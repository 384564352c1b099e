import { MAX_STEPS, type Note } from './pattern.ts'
import { soundingPitch, type PitchClass, type ScaleName } from './scale.ts'
import type { Subdivision, Track } from './song.ts'

/**
 * One track's loop as the audio thread wants it: flat, sorted, computed from the scale. Of whatever length the loop is
 * at the moment, its steps are the first so many of these, and no note is longer than it.
 */
export interface TrackLoop {
  readonly subdivision: Subdivision
  /** The notes of step s stand from `firstNote[s]` up to, not with, `firstNote[s + 1]`; `MAX_STEPS + 1` long. */
  readonly firstNote: Uint16Array
  /** Sounding MIDI pitches, ascending within a step, each at most once. */
  readonly pitches: Uint8Array
  readonly velocities: Uint8Array
  /** In steps, 1 to `MAX_STEPS`. */
  readonly lengths: Uint8Array
}

/**
 * The loop that a track plays. Written notes that meet in one sounding pitch become one note, as loud as the loudest
 * and as long as the longest. The order in which notes were written has no part in the result.
 */
export function compileTrack(
  track: Pick<Track, 'subdivision' | 'patterns'>,
  root: PitchClass,
  scale: ScaleName,
): TrackLoop {
  const notes = merged(track.patterns.a.values(), root, scale)
  notes.sort((one, other) => one.step - other.step || one.pitch - other.pitch)
  return {
    subdivision: track.subdivision,
    firstNote: firstNotes(notes),
    pitches: Uint8Array.from(notes, (note) => note.pitch),
    velocities: Uint8Array.from(notes, (note) => note.velocity),
    lengths: Uint8Array.from(notes, (note) => note.length),
  }
}

function merged(written: Iterable<Note>, root: PitchClass, scale: ScaleName): Note[] {
  const byPlace = new Map<number, Note>()
  for (const note of written) {
    if (!Number.isInteger(note.step) || note.step < 0 || note.step >= MAX_STEPS) continue
    const pitch = soundingPitch(note.pitch, root, scale)
    const place = pitch * MAX_STEPS + note.step
    const met = byPlace.get(place)
    byPlace.set(place, {
      step: note.step,
      pitch,
      velocity: Math.max(clampWhole(note.velocity, 127), met?.velocity ?? 1),
      length: Math.max(clampWhole(note.length, MAX_STEPS), met?.length ?? 1),
    })
  }
  return [...byPlace.values()]
}

function firstNotes(sorted: readonly Note[]): Uint16Array {
  const first = new Uint16Array(MAX_STEPS + 1)
  let index = 0
  for (let step = 0; step <= MAX_STEPS; step++) {
    while ((sorted[index]?.step ?? MAX_STEPS) < step) index++
    first[step] = index
  }
  return first
}

const clampWhole = (value: number, max: number): number =>
  Number.isNaN(value) ? 1 : Math.min(max, Math.max(1, Math.round(value)))
