import type { Note } from '../pattern.ts'

/** Where the second half of a loop begins; of an odd one it is the shorter. */
const middle = (stepCount: number): number => Math.ceil(stepCount / 2)

/** Plays the first half twice: its copy takes the place of the second. */
export function doubleLoop(notes: readonly Note[], stepCount: number): readonly Note[] {
  const half = middle(stepCount)
  const kept = halveLoop(notes, stepCount)
  const copied = kept
    .filter(({ step }) => step + half < stepCount)
    .map((note) => ({ ...note, step: note.step + half }))
  return [...kept, ...copied]
}

/** Takes the second half away. */
export const halveLoop = (notes: readonly Note[], stepCount: number): readonly Note[] =>
  notes.filter(({ step }) => step < middle(stepCount) || step >= stepCount)
