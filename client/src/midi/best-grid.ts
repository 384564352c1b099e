import { MAX_STEPS } from '../sequence/pattern.ts'
import type { Subdivision } from '../sequence/song.ts'
import type { FileNote } from './paired-notes.ts'
import { placeNotes, type Grid } from './place-notes.ts'

/** Those that are tried, the one that is taken in doubt first. */
const TRIED: readonly Subdivision[] = [4, 6, 8, 16]
/** Farthest from a step that a note is on it, in steps: by accident a quarter is, whatever the grid. */
const NEAR_STEPS = 1 / 8
/** How much better a finer grid has to be. */
const MARGIN = 0.1
/** A note without a place weighs as much as so many that are off the grid. */
const CROWDED = 4

/** The steps in a beat that a part fits best: the most notes have a place, and stand near a step. */
export function bestSubdivision(
  notes: readonly FileNote[],
  ticksPerBeat: number,
  instrument: Grid['instrument'],
): Subdivision {
  const cost = (subdivision: Subdivision): number => {
    const beats = notes.map(({ tick }) => tick / ticksPerBeat)
    const off = beats.filter((beat) => {
      const steps = beat * subdivision
      return Math.abs(steps - Math.round(steps)) > NEAR_STEPS
    }).length
    const { leftOut } = placeNotes(notes, ticksPerBeat, {
      instrument,
      subdivision,
      stepCount: Math.ceil(Math.max(...beats.slice(-1), 1) + 1) * subdivision,
      loops: 1,
      swing: 50,
      fromBeat: 0,
      isTight: false,
    })
    return (off + CROWDED * leftOut.crowded) / notes.length
  }
  let best: { subdivision: Subdivision; cost: number } | undefined
  for (const subdivision of TRIED) {
    const tried = { subdivision, cost: cost(subdivision) }
    if (best === undefined || tried.cost < best.cost - MARGIN) best = tried
  }
  return best?.subdivision ?? 4
}

/** Steps in a loop that holds so many beats, in whole bars where bars fit in at all. */
export function stepsForBeats(beats: number, barBeats: number, subdivision: Subdivision): number {
  const barSteps = Math.max(1, Math.round(barBeats * subdivision))
  const bars = Math.max(1, Math.ceil(beats / barBeats))
  const most = Math.floor(MAX_STEPS / barSteps)
  return most === 0 ? MAX_STEPS : Math.min(bars, most) * barSteps
}
