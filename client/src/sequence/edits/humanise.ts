import type { Note } from '../pattern.ts'
import { createDice } from './dice.ts'
import { inLoop, withNudge, withVelocity } from './loop-notes.ts'

/** Farthest that notes stray: in velocity, and in 48ths of a step. */
export const MOST_VELOCITY_STRAY = 18
export const MOST_NUDGE_STRAY = 8

export interface HumaniseOptions {
  /** The same seed strays the same notes the same way. */
  readonly seed: number
  /** How far, 0 to 1. */
  readonly velocity: number
  readonly timing: number
  readonly stepCount: number
}

/** Lets notes stray a little in loudness and time, each by itself, from where they are. */
export function humanise(notes: readonly Note[], options: HumaniseOptions): readonly Note[] {
  const dice = createDice(options.seed)
  // The sum of two is more often small than large, as hands are.
  const stray = (most: number): number => (dice() + dice() - 1) * most
  return inLoop(notes, options.stepCount, (playing) =>
    playing.map((note) => {
      const velocity = note.velocity + stray(options.velocity * MOST_VELOCITY_STRAY)
      const nudge = (note.nudge ?? 0) + stray(options.timing * MOST_NUDGE_STRAY)
      return withNudge(withVelocity(note, velocity), nudge)
    }),
  )
}
