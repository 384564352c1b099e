import type { Note } from '../pattern.ts'
import { inLoop, wrapped } from './loop-notes.ts'

/** Moves notes later by so many steps, or earlier below 0; what leaves the loop at one end comes in at the other. */
export const rotate = (notes: readonly Note[], by: number, stepCount: number): readonly Note[] =>
  inLoop(notes, stepCount, (playing) =>
    playing.map((note) => ({ ...note, step: wrapped(note.step + by, stepCount) })),
  )
