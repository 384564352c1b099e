import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { Pitch } from '../sequence/pattern.ts'
import type { Song, StepCount, TrackId } from '../sequence/song.ts'

/** From audio frame `frame` on the song moves by one beat in `framesPerBeat`, or stands. */
export interface FrameSegment {
  /** Frame of the context's clock; may be fractional, and may lie before 0. */
  readonly frame: number
  readonly beat: number
  readonly framesPerBeat: number
  readonly playing: boolean
  /** Begins with the segment: linear in time, over so many beats, until a beat takes `framesPerBeat`. */
  readonly glide?: FrameGlide
}

export interface FrameGlide {
  readonly framesPerBeat: number
  /** Above 0, up to 64. */
  readonly beats: number
}

/** The tempo map in audio frames: one segment now, and at most one more that takes over at its own frame. */
export type FrameTempo = readonly [FrameSegment] | readonly [FrameSegment, FrameSegment]

/** Steps in everybody's loop. */
export interface FrameSteps {
  readonly count: StepCount
  /** Until audio frame `frame` (may be fractional) the loop has `before` steps. */
  readonly change?: { readonly before: StepCount; readonly frame: number }
}

/** What this device clicks, for its own person only. */
export interface ClickSettings {
  /** Every beat while the song plays, and while it is counted in. */
  readonly metronome: boolean
  /** The beats before beat 0. */
  readonly countIn: boolean
  /** 0 to 1. */
  readonly level: number
}

export interface EngineLevels {
  /** Highest absolute sample since the last report, after the limiter; 1 is full scale. */
  readonly peak: number
  readonly voices: number
  /** Tracks that sounded since the last report. */
  readonly sounding: readonly TrackId[]
}

/** The main thread's handle on the sound of a whole jam: one AudioWorklet that holds song, tempo map and voices. */
export interface Engine {
  /** Stereo. */
  readonly output: AudioNode
  /** At most 30 reports a second, and none while nothing changes. */
  readonly levels: Live<EngineLevels>
  /** Sends what differs in tracks and scale from the song last given; heard from the next step on. */
  setSong(song: Song): void
  /** Gives the length of the loop anew; 16 steps until then. */
  setSteps(steps: FrameSteps): void
  /**
   * Gives the tempo map anew. A small correction of the same motion moves the coming steps and repeats or skips none;
   * another position starts at the next step, with no burst of missed ones.
   */
  setTempo(tempo: FrameTempo): void
  /** Silent until then. */
  setClick(click: ClickSettings): void
  /** Sounds one pitch at once with the track's sound. */
  audition(track: TrackId, pitch: Pitch, velocity: number, seconds: number): void
  /** Loudness on this device, 0 to 1, smoothed. */
  setVolume(volume: number): void
  close: Undo
}
