import type { Note, Pattern } from '../../sequence/pattern.ts'
import { clamp } from './geometry.ts'
import { louder } from './note-moves.ts'
import type { ShownChange } from './shown-change.ts'

/** A point of the lane: in which step, and how hard. */
export interface LanePoint {
  readonly step: number
  /** 1 to 127. */
  readonly velocity: number
}

export const HARDEST = 127
/** Above the highest bar and below the lowest, CSS pixels. */
export const LANE_MARGIN = 6

/** @param y from the top of the lane, which is so many pixels high */
export const velocityAt = (y: number, height: number): number =>
  clamp(Math.round((HARDEST * (height - LANE_MARGIN - y)) / (height - 2 * LANE_MARGIN)), 1, HARDEST)

/** How far below the top of the lane a velocity is. */
export const laneY = (velocity: number, height: number): number =>
  height - LANE_MARGIN - ((height - 2 * LANE_MARGIN) * velocity) / HARDEST

/** How hard each step is that a hand went over, with those it skipped: a straight line from point to point. */
export function strokedSteps(points: readonly LanePoint[]): ReadonlyMap<number, number> {
  const steps = new Map<number, number>()
  for (const [index, to] of points.entries()) {
    const from = points[index - 1] ?? to
    const way = to.step - from.step
    for (let passed = 0; passed <= Math.abs(way); passed++) {
      const share = way === 0 ? 1 : passed / Math.abs(way)
      const velocity = Math.round(from.velocity + share * (to.velocity - from.velocity))
      steps.set(from.step + Math.sign(way) * passed, velocity)
    }
  }
  return steps
}

/** What a hand on the lane does: a bar of the selection takes all of them along, else each step gets its own velocity. */
export interface LaneHand {
  readonly points: readonly [LanePoint, ...LanePoint[]]
  /** The note of the selection that was taken hold of. */
  readonly held: Note | undefined
}

export function laneHand(at: LanePoint, selected: readonly Note[]): LaneHand {
  // Of a chord the bar that is nearest to the hand.
  const [held] = selected
    .filter(({ step }) => step === at.step)
    .sort(
      (one, other) => Math.abs(one.velocity - at.velocity) - Math.abs(other.velocity - at.velocity),
    )
  return { points: [at], held }
}

export function laneChanges(
  { points, held }: LaneHand,
  shown: Pattern,
  selected: readonly Note[],
): readonly ShownChange[] {
  const last = points.at(-1)
  if (held !== undefined && last !== undefined)
    return louder(selected, last.velocity - held.velocity)
  const steps = strokedSteps(points)
  const chosen = selected.filter(({ step }) => steps.has(step))
  return [...(chosen.length > 0 ? chosen : shown.values())].flatMap((from) => {
    const velocity = steps.get(from.step)
    return velocity === undefined || velocity === from.velocity
      ? []
      : [{ from, to: { ...from, velocity } }]
  })
}
