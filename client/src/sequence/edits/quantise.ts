import { MAX_NUDGE, type Note } from '../pattern.ts'
import { inLoop, meeting, withNudge, wrapped } from './loop-notes.ts'

/**
 * Puts each note on the nearest of every `grid`th step, the next turn's first included, and takes its nudge back.
 * Notes that meet become one.
 *
 * @param grid in steps
 */
export const quantise = (
  notes: readonly Note[],
  grid: 1 | 2 | 4,
  stepCount: number,
): readonly Note[] =>
  inLoop(notes, stepCount, (playing) =>
    meeting(
      playing.map((note) => ({ ...withNudge(note, 0), step: nearest(note, grid, stepCount) })),
    ),
  )

function nearest({ step, nudge = 0 }: Note, grid: number, stepCount: number): number {
  if (grid === 1) return step
  const at = step + nudge / (2 * MAX_NUDGE)
  const below = Math.floor(at / grid) * grid
  const above = Math.min(stepCount, below + grid)
  return wrapped(at - below <= above - at ? below : above, stepCount)
}
