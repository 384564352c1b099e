import type { Note } from '../pattern.ts'
import { inLoop, withNudge, wrapped } from './loop-notes.ts'

/**
 * Plays the loop backwards: a note begins where it ended. One that runs into the next of its pitch ends there.
 *
 * @param hasLengths  false for strokes of a kit, which count as one step long whatever is written
 */
export const mirror = (
  notes: readonly Note[],
  stepCount: number,
  hasLengths: boolean,
): readonly Note[] =>
  inLoop(notes, stepCount, (playing) =>
    playing.map((note) => {
      const length = hasLengths ? heardLength(note, playing, stepCount) : 1
      const turned = withNudge(note, -(note.nudge ?? 0))
      return {
        ...turned,
        length: hasLengths ? length : note.length,
        step: wrapped(stepCount - note.step - length, stepCount),
      }
    }),
  )

/** In steps, up to the next note of the pitch or once around the loop. */
function heardLength(note: Note, playing: readonly Note[], stepCount: number): number {
  const gaps = playing
    .filter((other) => other !== note && other.pitch === note.pitch)
    .map((other) => wrapped(other.step - note.step, stepCount))
  return Math.min(note.length, stepCount, ...gaps)
}
