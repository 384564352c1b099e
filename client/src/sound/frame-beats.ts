import { glideBeats } from '../clock/glide.ts'
import type { FrameSegment, FrameTempo } from './engine-types.ts'
import { exactFrame } from './frame-tempo.ts'

/** The first whole frame that a segment governs. */
export const firstFrameOf = (segment: FrameSegment): number => Math.round(segment.frame)

/** The segment that governs a whole frame. */
export function segmentAtFrame(tempo: FrameTempo, frame: number): FrameSegment {
  const next = tempo[1]
  return next !== undefined && frame >= firstFrameOf(next) ? next : tempo[0]
}

/** Short, so that it is compiled into whoever asks: a number that is handed back would be an object. */
export const beatAtFrame = (segment: FrameSegment, frame: number): number =>
  segment.glide === undefined
    ? segment.beat + (frame - segment.frame) / segment.framesPerBeat
    : glidingBeat(segment, segment.glide, frame)

const glidingBeat = (
  { beat, framesPerBeat, frame: begin }: FrameSegment,
  glide: NonNullable<FrameSegment['glide']>,
  frame: number,
): number =>
  beat + glideBeats(1 / framesPerBeat, 1 / glide.framesPerBeat, glide.beats, frame - begin)

/** The whole frame nearest to a beat. */
export const frameOfBeat = (segment: FrameSegment, beat: number): number =>
  Math.round(exactFrame(segment, beat))
