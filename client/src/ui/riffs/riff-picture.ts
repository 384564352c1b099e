import type { Riff } from '../../sequence/riff.ts'
import { launchOf, patternOf, stepsOf } from '../../sequence/song.ts'
import { BEATS_PER_BAR } from '../../sequence/time.ts'

/** A track's first bar as cells on a field one unit wide. */
export interface RiffRow {
  readonly id: string
  readonly colour: number
  readonly cells: readonly {
    readonly x: number
    readonly width: number
    readonly strength: number
  }[]
}

/** More rows would be too thin to be seen. */
const MOST_ROWS = 8

/** The first bar of what is heard in a riff, a row a track. */
export const rowsOf = ({ song }: Pick<Riff, 'song'>): readonly RiffRow[] =>
  song.tracks
    .filter((track) => !launchOf(track).isOff && patternOf(track, launchOf(track).pattern).size > 0)
    .slice(0, MOST_ROWS)
    .map((track) => {
      const barSteps = BEATS_PER_BAR * track.subdivision
      const loopSteps = stepsOf(track, song)
      const strengths = new Map<number, number>()
      for (const { step, velocity } of patternOf(track, launchOf(track).pattern).values()) {
        // Of a short loop a bar has several rounds.
        for (let at = step; step < loopSteps && at < barSteps; at += loopSteps) {
          strengths.set(at, Math.max(velocity / 127, strengths.get(at) ?? 0))
        }
      }
      return {
        id: track.id,
        colour: track.tint ?? track.colour,
        cells: [...strengths].map(([step, strength]) => ({
          x: step / barSteps,
          width: 1 / barSteps,
          strength,
        })),
      }
    })
