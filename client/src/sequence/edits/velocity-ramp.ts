import type { Note } from '../pattern.ts'
import { inLoop, withVelocity } from './loop-notes.ts'

/** Makes notes louder or softer in a straight line, from the first one's step to the last one's. */
export const velocityRamp = (
  notes: readonly Note[],
  from: number,
  to: number,
  stepCount: number,
): readonly Note[] =>
  inLoop(notes, stepCount, (playing) => {
    const first = playing[0]?.step ?? 0
    const span = Math.max(1, (playing.at(-1)?.step ?? 0) - first)
    return playing.map((note) =>
      withVelocity(note, from + ((to - from) * (note.step - first)) / span),
    )
  })
