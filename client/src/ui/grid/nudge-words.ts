import { MAX_NUDGE } from '../../sequence/pattern.ts'

/** Parts of a step that a nudge is counted in. */
const PARTS = 2 * MAX_NUDGE

/** How far a note is off its step: "1/4 step late". */
export function nudgeWords(nudge: number): string {
  if (nudge === 0) return 'on the step'
  const size = Math.abs(nudge)
  const divisor = divisorOf(size, PARTS)
  return `${size / divisor}/${PARTS / divisor} step ${nudge < 0 ? 'early' : 'late'}`
}

/** Greatest number that divides both. */
const divisorOf = (one: number, other: number): number =>
  other === 0 ? one : divisorOf(other, one % other)
