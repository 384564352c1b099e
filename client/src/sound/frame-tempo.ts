import { MS_PER_MINUTE } from '../sequence/time.ts'
import type { Segment, Transport } from '../clock/transport.ts'
import { assert } from '../lib/assert.ts'
import type { FrameSegment, FrameTempo } from './engine-types.ts'

/** How shared time runs in audio frames: a straight line, good for the moment it is asked for. */
export interface FrameLine {
  /** The frame (fractional) that is heard at this shared time. */
  frameAt(sharedMs: number): number
  /** Frames in a shared millisecond: a thousandth of the sample rate, but for the drift of the clocks. */
  readonly framesPerMs: number
}

/** A beat lasts 1.5 s at 40 and 0.25 s at 240 beats a minute; the rest is room for clocks that drift. */
const MIN_BEAT_SECONDS = 0.2
const MAX_BEAT_SECONDS = 2

/** The transport's tempo map in audio frames. */
export function toFrameTempo(transport: Transport, line: FrameLine): FrameTempo {
  const { current, next, playing } = transport
  const first = toFrameSegment(current, playing, line)
  return next === undefined ? [first] : [first, toFrameSegment(next, next.playing, line)]
}

const toFrameSegment = (segment: Segment, playing: boolean, line: FrameLine): FrameSegment => ({
  frame: line.frameAt(segment.sharedMs),
  beat: segment.beat,
  framesPerBeat: (MS_PER_MINUTE / segment.bpm) * line.framesPerMs,
  playing,
})

/**
 * Brings the length of a beat within what the engine plays.
 *
 * @throws RangeError when a number is not finite
 */
export function clampTempo([first, second]: FrameTempo, sampleRate: number): FrameTempo {
  const current = clampSegment(first, sampleRate)
  return second === undefined ? [current] : [current, clampSegment(second, sampleRate)]
}

function clampSegment(segment: FrameSegment, sampleRate: number): FrameSegment {
  const { frame, beat, framesPerBeat, playing } = segment
  assert(
    Number.isFinite(frame) && Number.isFinite(beat) && Number.isFinite(framesPerBeat),
    `a tempo map must have finite numbers, got frame ${frame}, beat ${beat}, ${framesPerBeat} frames a beat`,
  )
  const least = MIN_BEAT_SECONDS * sampleRate
  const most = MAX_BEAT_SECONDS * sampleRate
  return {
    frame,
    beat,
    framesPerBeat: Math.min(most, Math.max(least, framesPerBeat)),
    playing,
  }
}

/** The first whole frame that a segment governs. */
export const firstFrameOf = (segment: FrameSegment): number => Math.round(segment.frame)

/** The segment that governs a whole frame. */
export function segmentAtFrame(tempo: FrameTempo, frame: number): FrameSegment {
  const next = tempo[1]
  return next !== undefined && frame >= firstFrameOf(next) ? next : tempo[0]
}

export const beatAtFrame = (segment: FrameSegment, frame: number): number =>
  segment.beat + (frame - segment.frame) / segment.framesPerBeat

/** The whole frame nearest to a beat. */
export const frameOfBeat = (segment: FrameSegment, beat: number): number =>
  Math.round(segment.frame + (beat - segment.beat) * segment.framesPerBeat)

/** Motions that agree now and so many beats on agree in between. */
const COMPARED_BEATS = 4
/** 5 µs at 48 kHz; an onset is rounded to whole frames anyway. */
const SAME_FRAMES = 0.25
const SAME_BEAT = 1e-6

/** Whether another tempo map would put no note elsewhere, for the next beats. */
export function isSameMotion(one: FrameTempo, other: FrameTempo): boolean {
  const [next, nextOther] = [one[1], other[1]]
  if (!isSameSegment(one[0], other[0])) return false
  if (next === undefined || nextOther === undefined) return next === nextOther
  return isSameSegment(next, nextOther) && Math.abs(next.frame - nextOther.frame) < SAME_FRAMES
}

function isSameSegment(one: FrameSegment, other: FrameSegment): boolean {
  if (one.playing !== other.playing) return false
  if (!one.playing) return Math.abs(one.beat - other.beat) < SAME_BEAT
  const { beat } = other
  return [beat, beat + COMPARED_BEATS].every(
    (at) => Math.abs(exactFrame(one, at) - exactFrame(other, at)) < SAME_FRAMES,
  )
}

const exactFrame = (segment: FrameSegment, beat: number): number =>
  segment.frame + (beat - segment.beat) * segment.framesPerBeat
