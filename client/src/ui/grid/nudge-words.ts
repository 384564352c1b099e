import { MAX_NUDGE } from '../../sequence/pattern.ts'
import { NOTE_EXTRA_WORDS } from '../../words/note-extras.ts'

/** Parts of a step that a nudge is counted in. */
const PARTS = 2 * MAX_NUDGE

/** How far a note is off its step: "1/4 step late". */
export function nudgeWords(nudge: number): string {
  if (nudge === 0) return NOTE_EXTRA_WORDS.onStep
  const size = Math.abs(nudge)
  const divisor = divisorOf(size, PARTS)
  const share = `${size / divisor}/${PARTS / divisor}`
  return nudge < 0 ? NOTE_EXTRA_WORDS.early(share) : NOTE_EXTRA_WORDS.late(share)
}

/** Greatest number that divides both. */
const divisorOf = (one: number, other: number): number =>
  other === 0 ? one : divisorOf(other, one % other)
