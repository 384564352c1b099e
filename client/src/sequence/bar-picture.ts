import { launchOf, patternOf, type Song, stepsOf } from './song.ts'
import { BEATS_PER_BAR } from './time.ts'

/** What a track strikes within its first bar. */
export interface BarRow {
  /** Index into the palette of people's colours. */
  readonly colour: number
  /** Steps of the track in a bar. */
  readonly steps: number
  /** Each step once; `step` from 0, `strength` from 0 to 1. */
  readonly strokes: readonly { readonly step: number; readonly strength: number }[]
}

/** More rows would be too thin to be seen. */
export const MOST_ROWS = 8

/** The first bar of what is heard in a song, a row a track. */
export const barRowsOf = (song: Pick<Song, 'tracks' | 'stepCount'>): readonly BarRow[] =>
  song.tracks
    .filter((track) => !launchOf(track).isOff && patternOf(track, launchOf(track).pattern).size > 0)
    .slice(0, MOST_ROWS)
    .map((track) => {
      const steps = BEATS_PER_BAR * track.subdivision
      const loopSteps = stepsOf(track, song)
      const strengths = new Map<number, number>()
      for (const { step, velocity } of patternOf(track, launchOf(track).pattern).values()) {
        // Of a short loop a bar has several rounds.
        for (let at = step; step < loopSteps && at < steps; at += loopSteps) {
          strengths.set(at, Math.max(velocity / 127, strengths.get(at) ?? 0))
        }
      }
      return {
        colour: track.tint ?? track.colour,
        steps,
        strokes: [...strengths].map(([step, strength]) => ({ step, strength })),
      }
    })
