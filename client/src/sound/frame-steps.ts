import { assert } from '../lib/assert.ts'
import type { Song, StepCount } from '../sequence/song.ts'
import type { FrameSteps } from './engine-types.ts'

/**
 * The song's step count in audio frames.
 *
 * @param epoch    id of the clock session that holds; a change written in another has passed
 * @param frameAt  the frame that is heard at a shared time; undefined while nobody knows
 */
export function toFrameSteps(
  { stepCount, stepChange }: Pick<Song, 'stepCount' | 'stepChange'>,
  epoch: string,
  frameAt: (sharedMs: number) => number | undefined,
): FrameSteps {
  if (stepChange?.epoch !== epoch) return { count: stepCount }
  const frame = frameAt(stepChange.sharedMs)
  if (frame === undefined) return { count: stepCount }
  return { count: stepCount, change: { before: stepChange.before, frame } }
}

/** How many steps the loop has for a note that begins on this frame. */
export const stepCountAt = ({ count, change }: FrameSteps, frame: number): StepCount =>
  change !== undefined && frame < change.frame ? change.before : count

/** The moment of a change is rounded to whole frames anyway. */
const SAME_FRAMES = 0.25

export function areSameSteps(one: FrameSteps, other: FrameSteps): boolean {
  if (one.count !== other.count || one.change?.before !== other.change?.before) return false
  return Math.abs((one.change?.frame ?? 0) - (other.change?.frame ?? 0)) < SAME_FRAMES
}

/** @throws RangeError when the frame is not finite */
export function checkSteps(steps: FrameSteps): FrameSteps {
  const frame = steps.change?.frame ?? 0
  assert(Number.isFinite(frame), `a step count must change on a finite frame, got ${frame}`)
  return steps
}
