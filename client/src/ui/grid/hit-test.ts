import type { Note, Pattern } from '../../sequence/pattern.ts'
import type { Place, RollMetrics } from './geometry.ts'

/** What a pointer touches. */
export type Hit =
  | { readonly on: 'nothing' }
  | { readonly on: 'key'; readonly pitch: number }
  | { readonly on: 'empty'; readonly step: number; readonly pitch: number }
  | { readonly on: 'note'; readonly note: Note }
  /** An end of a note, by which it is made longer or shorter; the stroke of a drum has none. */
  | { readonly on: 'start' | 'end'; readonly note: Note }

const END_PIXELS = 9
/** An end never takes more of its step than this, so that the note itself can still be hit. */
const END_SHARE = 0.3
/** A finger finds the ends of notes from this width on. */
const WIDE_PIXELS = 72

/** @param isFinger whether the pointer is a finger, which is for moving notes rather than for their ends */
export function hitAt(pattern: Pattern, metrics: RollMetrics, place: Place, isFinger = false): Hit {
  if (place.zone === 'margin') return { on: 'nothing' }
  if (place.zone === 'key') return { on: 'key', pitch: place.pitch }
  const note = noteOver(pattern, place.step, place.pitch)
  if (note === undefined) return { on: 'empty', step: place.step, pitch: place.pitch }
  const last = lastStepOf(note, metrics.stepCount)
  const width = (last + 1 - note.step) * metrics.stepWidth
  if (metrics.rows.kind === 'pieces' || (isFinger && width < WIDE_PIXELS))
    return { on: 'note', note }
  const endShare = Math.min(END_SHARE, END_PIXELS / metrics.stepWidth)
  if (place.step === last && place.within > 1 - endShare) return { on: 'end', note }
  return { on: place.step === note.step && place.within < endShare ? 'start' : 'note', note }
}

/** The note that sounds on this step of this row: of several that overlap, the one that began last. */
export function noteOver(pattern: Pattern, step: number, pitch: number): Note | undefined {
  let found: Note | undefined
  for (const note of pattern.values()) {
    const covers = note.pitch === pitch && note.step <= step && step < note.step + note.length
    if (covers && (found === undefined || note.step > found.step)) found = note
  }
  return found
}

/**
 * Length of a note whose right end is dragged.
 *
 * @param steps where the pointer is, in steps with fraction, from the first step
 * @returns whole steps, from 1 to the end of the loop
 */
export const lengthTo = (note: { step: number }, steps: number, stepCount: number): number =>
  Math.max(1, Math.min(stepCount - note.step, Math.round(steps - note.step)))

const lastStepOf = (note: Note, stepCount: number): number =>
  Math.min(stepCount, note.step + note.length) - 1
