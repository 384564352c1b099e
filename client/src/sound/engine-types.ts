import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { Pitch } from '../sequence/pattern.ts'
import type { Song, StepCount, TrackId } from '../sequence/song.ts'
import type { FrameDrop } from './dsp/drop-gate.ts'
import type { FrameLaunches } from './frame-launches.ts'
import type { StepBack } from './step-back.ts'

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

/** A whole song that takes over from another at a frame. */
export interface FrameComing {
  /** Of the context's clock; may be fractional. */
  readonly frame: number
  readonly song: Song
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

/** What one listener alone wants to hear of a track. */
export interface TrackMix {
  /** Factor, 0 to 2; 1 is as loud as the room has it. */
  readonly volume: number
  /** Added to the room's, -1 (left) to 1. */
  readonly pan: number
  readonly muted: boolean
  /** While a track is soloed only those that are sound. */
  readonly soloed: boolean
}

export type PersonalMix = ReadonlyMap<TrackId, TrackMix>

/** One stroke or let-go of somebody's hand. */
export interface HandNote {
  /** Names who plays. */
  readonly hand: string
  readonly track: TrackId
  /** Which of the hand's keys it is: what is pressed under it is let go under it. */
  readonly key: number
  readonly pitch: Pitch
  /** 1 to 127; 0 lets go. */
  readonly velocity: number
  /** Of the context's clock; what lies behind, or -Infinity, is at once. */
  readonly frame: number
  /** Where the song is then, for an arpeggiator that plays it; undefined while it stands, or counts in. */
  readonly beat?: number | undefined
  /** The same for everybody who hears it. */
  readonly seed: number
}

/** How a hand moves what it holds on a track. */
export interface HandBend {
  readonly hand: string
  readonly track: TrackId
  /** -12 to 12. */
  readonly semitones: number
  /** How deep its vibrato is, 0 to 1. */
  readonly wheel: number
}

/** Highest absolute samples of a track since the last report, after its fader. */
export interface TrackLevel {
  readonly id: TrackId
  readonly left: number
  readonly right: number
}

export interface CoreLevels {
  /** Highest absolute sample since the last report, after the limiter; 1 is full scale. */
  readonly peak: number
  readonly voices: number
  /** Tracks that sounded since the last report. */
  readonly tracks: readonly TrackLevel[]
}

/** How much a device gives up that cannot keep up. */
export type Ease = 0 | 1 | 2 | 3

export interface EngineLevels extends CoreLevels {
  /** Share of the time there is that the sound takes to compute, over the last second; 1 is all of it. */
  readonly load: number
  /** What is given up since that was too much: 0 nothing, 1 unison, 2 also chorus and reverb, 3 also voices of others. */
  readonly ease: Ease
  /** The latest samples that were heard, oldest first, while somebody looks. */
  readonly scope?: Float32Array
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
  /** Gives the moments of launches anew; before the song in which they are. */
  setLaunches(launches: FrameLaunches): void
  /** Nothing but clicks is heard meanwhile. */
  setDrop(drop: FrameDrop | undefined): void
  /** Who steps back while others have their turn; undefined: nobody. */
  setStepBack(stepBack: StepBack | undefined): void
  /**
   * From that frame on another song is heard; undefined calls it off. What `setSong` and its like are given meanwhile
   * holds until then.
   */
  setComing(coming: FrameComing | undefined): void
  /** The coming song is the one that `setSong` now changes; it is heard at once if it was not yet. */
  takeComing(): void
  /**
   * Gives the tempo map anew. A small correction of the same motion moves the coming steps and repeats or skips none;
   * another position starts at the next step, with no burst of missed ones.
   */
  setTempo(tempo: FrameTempo): void
  /** Silent until then. */
  setClick(click: ClickSettings): void
  /** Sounds one pitch at once with the track's sound. */
  audition(track: TrackId, pitch: Pitch, velocity: number, seconds: number): void
  /** Begins or ends a note of somebody's hand, whether or not the song plays. */
  playHand(note: HandNote): void
  bendHand(bend: HandBend): void
  /** Ends all that sounds here and now, echoes included; the song goes on with its next note. */
  panic(): void
  /** What this listener alone wants to hear. */
  setMix(mix: PersonalMix): void
  /** The frame (fractional) that is heard at shared time 0. */
  setOrigin(frame: number): void
  /** Whose voices are given up last. */
  setOwnTrack(track: TrackId): void
  /** Whether somebody looks at the samples. */
  setScope(isShown: boolean): void
  /** Loudness on this device, 0 to 1, smoothed. */
  setVolume(volume: number): void
  close: Undo
}
