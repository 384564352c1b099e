import type { Pitch } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import type { ClickSettings, EngineLevels, FrameSteps, FrameTempo } from './engine-types.ts'
import type { SongPatch } from './song-patch.ts'

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

/** What the main thread tells the audio thread. */
export type EngineMessage =
  | { readonly type: 'song'; readonly patch: SongPatch }
  | { readonly type: 'tempo'; readonly tempo: FrameTempo }
  | { readonly type: 'steps'; readonly steps: FrameSteps }
  | { readonly type: 'click'; readonly click: ClickSettings }
  | { readonly type: 'audition'; readonly audition: Audition }
  | { readonly type: 'volume'; readonly volume: number }
  | { readonly type: 'close' }

/** What the audio thread tells back. */
export type EngineReport = EngineLevels

export const isSameReport = (one: EngineReport, other: EngineReport): boolean =>
  one.peak === other.peak &&
  one.voices === other.voices &&
  one.sounding.length === other.sounding.length &&
  one.sounding.every((track, index) => track === other.sounding[index])
