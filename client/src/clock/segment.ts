import { MS_PER_MINUTE, type Bpm } from '../sequence/time.ts'
import { glideBeats, glideDuration, glideElapsed, glideSpeed } from './glide.ts'
import type { Segment } from './transport.ts'

/** The beat on which a moving segment stands at a moment, with fraction. */
export function beatIn(segment: Segment, sharedMs: number): number {
  const { beat, bpm, glide } = segment
  const elapsedMs = sharedMs - segment.sharedMs
  if (glide === undefined) return beat + (elapsedMs * bpm) / MS_PER_MINUTE
  return beat + glideBeats(bpm, glide.bpm, glide.beats, elapsedMs / MS_PER_MINUTE)
}

/** The moment at which a moving segment stands on a beat: undoes `beatIn`. */
export function timeIn(segment: Segment, beat: number): number {
  const { sharedMs, bpm, glide } = segment
  const gone = beat - segment.beat
  if (glide === undefined) return sharedMs + (gone * MS_PER_MINUTE) / bpm
  return sharedMs + glideElapsed(bpm, glide.bpm, glide.beats, gone) * MS_PER_MINUTE
}

/** How fast it is at a moment. */
export function bpmIn({ sharedMs: fromMs, bpm, glide }: Segment, sharedMs: number): Bpm {
  if (glide === undefined) return bpm
  return glideSpeed(bpm, glide.bpm, glide.beats, (sharedMs - fromMs) / MS_PER_MINUTE)
}

/** How fast it is in the end. */
export const lastBpmOf = ({ bpm, glide }: Segment): Bpm => glide?.bpm ?? bpm

/** The same motion, written down at a later moment: of a glide, what is left of it. */
export function writtenAt(segment: Segment, sharedMs: number): Segment {
  const beat = beatIn(segment, sharedMs)
  const bpm = bpmIn(segment, sharedMs)
  const { glide } = segment
  if (glide === undefined) return { beat, sharedMs, bpm }
  const endsMs =
    segment.sharedMs + glideDuration(segment.bpm, glide.bpm, glide.beats) * MS_PER_MINUTE
  const beats = segment.beat + glide.beats - beat
  return sharedMs < endsMs && beats > 0
    ? { beat, sharedMs, bpm, glide: { bpm: glide.bpm, beats } }
    : { beat, sharedMs, bpm }
}
