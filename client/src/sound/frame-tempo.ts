import { glideElapsed } from '../clock/glide.ts'
import { MAX_GLIDE_BEATS, type Segment, type Transport } from '../clock/transport.ts'
import { assert } from '../lib/assert.ts'
import { MS_PER_MINUTE } from '../sequence/time.ts'
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

/** One segment of it. */
export function toFrameSegment(
  { sharedMs, beat, bpm, glide }: Segment,
  playing: boolean,
  line: FrameLine,
): FrameSegment {
  const framesOf = (tempo: number): number => (MS_PER_MINUTE / tempo) * line.framesPerMs
  const segment = { frame: line.frameAt(sharedMs), beat, framesPerBeat: framesOf(bpm), playing }
  if (glide === undefined) return segment
  return { ...segment, glide: { framesPerBeat: framesOf(glide.bpm), beats: glide.beats } }
}

/**
 * Brings the length of a beat, and of a glide, within what the engine plays; a glide that leads nowhere is left out.
 *
 * @throws RangeError when a number is not finite
 */
export function clampTempo([first, second]: FrameTempo, sampleRate: number): FrameTempo {
  const current = clampSegment(first, sampleRate)
  return second === undefined ? [current] : [current, clampSegment(second, sampleRate)]
}

function clampSegment(segment: FrameSegment, sampleRate: number): FrameSegment {
  const { frame, beat, framesPerBeat, playing, glide } = segment
  const numbers = [frame, beat, framesPerBeat, glide?.framesPerBeat ?? 1, glide?.beats ?? 1]
  assert(
    numbers.every((number) => Number.isFinite(number)),
    `a tempo map must have finite numbers, got ${numbers.join(', ')}`,
  )
  const clampBeat = (frames: number): number =>
    Math.min(MAX_BEAT_SECONDS * sampleRate, Math.max(MIN_BEAT_SECONDS * sampleRate, frames))
  const clamped = { frame, beat, framesPerBeat: clampBeat(framesPerBeat), playing }
  if (glide === undefined || glide.beats <= 0) return clamped
  const beats = Math.min(MAX_GLIDE_BEATS, glide.beats)
  return { ...clamped, glide: { framesPerBeat: clampBeat(glide.framesPerBeat), beats } }
}

/** The frame (fractional) of a beat. */
export function exactFrame(segment: FrameSegment, beat: number): number {
  const { frame, framesPerBeat, glide } = segment
  const gone = beat - segment.beat
  if (glide === undefined) return frame + gone * framesPerBeat
  return frame + glideElapsed(1 / framesPerBeat, 1 / glide.framesPerBeat, glide.beats, gone)
}

/** Motions that agree now and so many beats on agree in between, but for a glide: there more places tell. */
const COMPARED_BEATS = [0, 1, 2, 4]
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
  return COMPARED_BEATS.every(
    (on) => Math.abs(exactFrame(one, beat + on) - exactFrame(other, beat + on)) < SAME_FRAMES,
  )
}
