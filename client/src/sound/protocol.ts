import type { Pitch } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import type {
  ClickSettings,
  EngineLevels,
  FrameSteps,
  FrameTempo,
  HandBend,
  HandNote,
  PersonalMix,
  TrackLevel,
  TrackMix,
} from './engine-types.ts'
import type { FrameDrop } from './dsp/drop-gate.ts'
import type { FrameLaunches } from './frame-launches.ts'
import type { SongPatch } from './song-patch.ts'
import type { StepBack } from './step-back.ts'

/** Name under which the worklet registers its processor. */
export const PROCESSOR_NAME = 'beatcord-engine'

/** One pitch to be sounded at once. */
export interface Audition {
  readonly track: TrackId
  readonly pitch: Pitch
  /** 1 to 127. */
  readonly velocity: number
  readonly seconds: number
}

/** A whole song, to be told once; when it takes over is told anew as often as need be. */
export interface ComingSong {
  /** All of it, as if nothing were known. */
  readonly patch: SongPatch
  readonly steps: FrameSteps
}

/** What the main thread tells the audio thread. */
export type EngineMessage =
  | { readonly type: 'song'; readonly patch: SongPatch }
  | { readonly type: 'coming'; readonly coming: ComingSong }
  | { readonly type: 'coming-at'; readonly frame: number | undefined }
  | { readonly type: 'tempo'; readonly tempo: FrameTempo }
  | { readonly type: 'steps'; readonly steps: FrameSteps }
  | { readonly type: 'launches'; readonly launches: FrameLaunches }
  | { readonly type: 'drop'; readonly drop: FrameDrop | undefined }
  | { readonly type: 'step-back'; readonly stepBack: StepBack | undefined }
  | { readonly type: 'click'; readonly click: ClickSettings }
  | { readonly type: 'audition'; readonly audition: Audition }
  | { readonly type: 'hand'; readonly note: HandNote }
  | { readonly type: 'bend'; readonly bend: HandBend }
  | { readonly type: 'panic' }
  | { readonly type: 'volume'; readonly volume: number }
  | { readonly type: 'mix'; readonly mix: PersonalMix }
  | { readonly type: 'origin'; readonly frame: number }
  | { readonly type: 'own'; readonly track: TrackId }
  | { readonly type: 'scope'; readonly isShown: boolean }
  | { readonly type: 'close' }

/** What the audio thread tells back. */
export type EngineReport = EngineLevels

/** A track as the room has it. */
export const USUAL_MIX: TrackMix = { volume: 1, pan: 0, muted: false, soloed: false }

export const SILENT_LEVELS: EngineReport = { peak: 0, voices: 0, tracks: [], load: 0, ease: 0 }

export const isSameReport = (one: EngineReport, other: EngineReport): boolean =>
  one.peak === other.peak &&
  one.voices === other.voices &&
  one.ease === other.ease &&
  Math.abs(one.load - other.load) < SAME_LOAD &&
  one.scope === other.scope &&
  one.tracks.length === other.tracks.length &&
  one.tracks.every((track, index) => isSameLevel(track, other.tracks[index]))

const SAME_LOAD = 0.01

const isSameLevel = (one: TrackLevel, other: TrackLevel | undefined): boolean =>
  one.id === other?.id && one.left === other.left && one.right === other.right
