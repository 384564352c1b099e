import { beatOfStep, firstStepFrom } from '../sequence/onsets.ts'
import type { BeatPlace } from './dsp/strip.ts'
import type { FrameSegment, FrameTempo } from './engine-types.ts'
import { beatAtFrame, firstFrameOf, frameOfBeat, segmentAtFrame } from './frame-beats.ts'

/** Where a track stands in its loop, or an arpeggiator in its own. */
export interface Walker {
  /** Steps in a beat, and how many steps ahead of its own moment a step is met, 0 to 1. */
  loop: { readonly subdivision: number; readonly ahead: number }
  /** The absolute step that begins next; `UNKNOWN_STEP` until the playhead has placed it. */
  nextStep: number
  /** The beat of the step that began last, so that another subdivision does not begin it again; -1 for none. */
  lastBeat: number
}

export const UNKNOWN_STEP = -1

/** What the playhead meets on its way, in order of frames within each track. */
export interface PlayheadEvents<Track extends Walker> {
  /** @param frame  on which the step itself begins, never before the window: of a loop that looks ahead perhaps beyond it */
  onStep(track: Track, absoluteStep: number, frame: number): void
  /** The song stops: everything is to be released. */
  onHalt(frame: number): void
  /** The song goes on from elsewhere: what this track plays is to be released. */
  onLeap(track: Track, frame: number): void
  /** From `from` up to, not with, `to` the song moves by `segment`. */
  onSpan(segment: FrameSegment, from: number, to: number): void
}

export interface Playhead<Track extends Walker> {
  setTempo(tempo: FrameTempo): void
  /** Walks over the frames from `from` up to, not with, `to`; a call that does not begin where the last one ended leaps. */
  walk(from: number, to: number, tracks: readonly Track[]): void
  /** Whether the song plays where it was walked to. */
  moves(): boolean
  /** Writes where the song is at a frame: while it stands, where it would be had it run on at its tempo. */
  readPlace(frame: number, place: BeatPlace): void
}

const STANDING: FrameTempo = [{ frame: 0, beat: 0, framesPerBeat: 1, playing: false }]

/**
 * Finds the steps that begin in each stretch of frames. Every track keeps its own next step, so that a tempo map that
 * is corrected a little moves steps without losing or doubling any; only a map that puts the track more than one step
 * elsewhere sets it anew, and then what was missed stays unheard.
 */
export function createPlayhead<Track extends Walker>(
  events: PlayheadEvents<Track>,
): Playhead<Track> {
  let tempo = STANDING
  let entered: FrameSegment | undefined
  let moving = false
  let walked = 0

  const enter = (segment: FrameSegment, frame: number, tracks: readonly Track[]): void => {
    entered = segment
    if (moving && !segment.playing) events.onHalt(frame)
    const began = !moving && segment.playing
    moving = segment.playing
    if (!moving) return
    for (const track of tracks) {
      if (!began && isNear(track, segment, frame)) continue
      if (!began) events.onLeap(track, frame)
      track.lastBeat = -1
      track.nextStep = expectedStep(track, segment, frame)
    }
  }
  const beginSteps = (track: Track, segment: FrameSegment, from: number, to: number): void => {
    if (track.nextStep === UNKNOWN_STEP) track.nextStep = placedStep(track, segment, from)
    for (;;) {
      const beat = beatOfStep(track.nextStep, track.loop.subdivision)
      const { ahead, subdivision } = track.loop
      if (frameOfBeat(segment, beat - ahead / subdivision) >= to) return
      events.onStep(track, track.nextStep, Math.max(from, frameOfBeat(segment, beat)))
      track.lastBeat = beat
      track.nextStep++
    }
  }

  return {
    moves: () => moving,
    readPlace(frame, place) {
      const segment = segmentAtFrame(tempo, frame)
      const beat = beatAtFrame(segment, frame)
      place.beat = beat
      place.beatsPerFrame = beatAtFrame(segment, frame + 1) - beat
    },
    setTempo(next) {
      tempo = next
      entered = undefined
    },
    walk(from, to, tracks) {
      if (from !== walked) entered = undefined
      walked = to
      let at = from
      while (at < to) {
        const segment = segmentAtFrame(tempo, at)
        if (segment !== entered) enter(segment, at, tracks)
        const next = tempo[1]
        const end = next === undefined || segment === next ? to : Math.min(to, firstFrameOf(next))
        if (moving) {
          for (const track of tracks) beginSteps(track, segment, at, end)
          events.onSpan(segment, at, end)
        }
        at = end
      }
    },
  }
}

/** The first step whose onset, rounded to whole frames, is not before `frame`. */
const expectedStep = (track: Walker, segment: FrameSegment, frame: number): number =>
  firstStepFrom(beatAtFrame(segment, frame - 0.5), track.loop.subdivision)

/** The first that has not been met yet, by a loop that looks ahead. */
function expectedAhead({ loop }: Walker, segment: FrameSegment, frame: number): number {
  const { ahead, subdivision } = loop
  return firstStepFrom(beatAtFrame(segment, frame - 0.5) + ahead / subdivision, subdivision)
}

const isNear = (track: Walker, segment: FrameSegment, frame: number): boolean =>
  track.nextStep === UNKNOWN_STEP ||
  Math.abs(track.nextStep - expectedAhead(track, segment, frame)) <= 1

const placedStep = (track: Walker, segment: FrameSegment, frame: number): number =>
  Math.max(
    expectedStep(track, segment, frame),
    Math.floor(track.lastBeat * track.loop.subdivision) + 1,
  )
