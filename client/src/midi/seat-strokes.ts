import { MAX_NUDGE } from '../sequence/pattern.ts'
import type { Beaten } from './joined-strokes.ts'

/** The steps that notes may go to. */
export interface Steps {
  /** Of all loops. */
  readonly total: number
  /** Of one loop. */
  readonly stepCount: number
  /** Where the second of two steps begins, in percent of both, 50 to 75. */
  readonly swing: number
  /** Each note goes to the step that is nearest; else it may be nudged there from any in reach. */
  readonly isTight: boolean
  /** How long a tick of the file is, in steps. */
  readonly tickSteps: number
}

export interface Seated {
  /** From 0; the step that the stroke is counted from: one beyond the last is the first of the last loop. */
  readonly step: number
  readonly stroke: Beaten
}

/** Farthest from a step that counts as half a step, rounding included. */
const HALF = 0.5 + 1 / 96
/** Of numbers that are counted in fractions. */
const TINY = 1e-6

/** When a step sounds, in steps. */
export const onsetOf = (step: number, swing: number): number => step + (step % 2) * (swing / 50 - 1)

/**
 * Finds a step for each stroke of one pitch, of which a step holds one. Who came first moves over where that lets both
 * have one.
 *
 * @param strokes  by time
 */
export function seatStrokes(strokes: readonly Beaten[], steps: Steps): readonly Seated[] {
  const seated = new Map<number, Seated>()
  const seat = (step: number, stroke: Beaten): void => {
    seated.set(placeOf(step, steps), { step, stroke })
  }
  const freeFor = ({ at }: Beaten): number | undefined =>
    stepsInReach(at, steps).find((step) => !seated.has(placeOf(step, steps)))
  for (const stroke of strokes) {
    const free = freeFor(stroke)
    if (free !== undefined) {
      seat(free, stroke)
      continue
    }
    for (const step of stepsInReach(stroke.at, steps)) {
      const there = seated.get(placeOf(step, steps))
      const other = there && freeFor(there.stroke)
      if (there === undefined || other === undefined) continue
      seat(other, there.stroke)
      seat(step, stroke)
      break
    }
  }
  return [...seated.values()]
}

/** What comes just before the end comes, in a loop, just before the beginning. */
export const placeOf = (step: number, { total, stepCount }: Pick<Steps, 'total' | 'stepCount'>) =>
  step === total ? total - stepCount : step

/**
 * Those that a stroke may be nudged away from so far, the best first: those from which a nudge reaches it exactly, then
 * the nearest. Where there are none the nearest alone.
 */
function stepsInReach(at: number, { total, swing, isTight, tickSteps }: Steps): readonly number[] {
  const around = Math.floor(at)
  const near = [around - 1, around, around + 1]
    .filter((step) => step >= 0 && step <= total)
    .map((step) => {
      const away = at - onsetOf(step, swing)
      const nudges = away * 2 * MAX_NUDGE
      const isExact = Math.abs(nudges - Math.round(nudges)) <= tickSteps * MAX_NUDGE + TINY
      return { step, distance: Math.abs(away), isExact }
    })
    .sort((one, other) => one.distance - other.distance || one.step - other.step)
  const reached = isTight ? [] : near.filter(({ distance }) => distance <= HALF)
  if (reached.length === 0) return near.slice(0, 1).map(({ step }) => step)
  return [
    ...reached.filter(({ isExact }) => isExact),
    ...reached.filter((one) => !one.isExact),
  ].map(({ step }) => step)
}
