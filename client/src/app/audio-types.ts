import type { Live } from '../lib/live.ts'
import type { PatternName } from '../sequence/pattern.ts'
import type { AudioFormat } from '../sound/export/file-types.ts'

export type { AudioFormat }

/** What is to be exported, as a person chooses it. */
export interface ExportChoice {
  /** This row of patterns; undefined: what plays now. */
  readonly scene: PatternName | undefined
  /** With this person's own volumes and mutes, or as the room has it. */
  readonly ear: 'mine' | 'room'
  /** Of the longest loop that plays, 1 to 64. */
  readonly loops: number
  /** Rings on until nothing is heard; or is cut so that it can be looped. */
  readonly ending: 'ring' | 'loop'
  /** One file, or one for each person or track. */
  readonly split: 'mix' | 'people' | 'tracks'
  /** Whether several files add up to the finished mix, or to what goes into its compressor and limiter. */
  readonly isMastered: boolean
  readonly format: AudioFormat
  /** Of the jam. */
  readonly title: string
}

/** How long an export is to be, without what rings. */
export interface ExportLength {
  readonly beats: number
  readonly seconds: number
}

/** A file for the person to keep. */
export interface AudioDownload {
  readonly file: Blob
  /** Without its extension. */
  readonly name: string
  readonly extension: string
  readonly seconds: number
}

export type RecordingPlace = 'file' | 'store' | 'memory'

export type Recording =
  | { readonly status: 'idle' }
  | { readonly status: 'recording'; readonly seconds: number; readonly place: RecordingPlace }

/** A recording that did not come to its end. */
export interface LeftBehind {
  readonly name: string
  readonly file: Blob
}

/** What becomes of a recording that has ended. */
export interface RecordingEnd {
  /** Undefined when it is in the file that the person chose, or nowhere. */
  readonly download: AudioDownload | undefined
  readonly seconds: number
  /** A sentence for people, where it ended by itself. */
  readonly reason: string | undefined
}

/** Music that leaves the jam as sound. */
export interface AudioDesk {
  /** Those that this browser can write. */
  formats(): Promise<readonly AudioFormat[]>
  lengthOf(choice: Pick<ExportChoice, 'scene' | 'ear' | 'loops'>): ExportLength
  /**
   * Renders it faster than it plays, on a thread of its own.
   *
   * @param tell  0 to 1, now and then
   * @throws (rejects) Error with a sentence for people; an AbortError when called off
   */
  exportSong(
    choice: ExportChoice,
    tell: (done: number) => void,
    signal: AbortSignal,
  ): Promise<AudioDownload>
  /** How many whole bars of what was played can be kept now, up to `most`. */
  barsPlayed(most: number): number
  /** What this device played of them. Rejects with a sentence for people, as the next one does. */
  keepBars(most: number, title: string): Promise<AudioDownload>
  readonly recording: Live<Recording>
  /**
   * Records what this device plays, until it is stopped. To be called from a tap or key press. Does nothing when the
   * person chooses no file.
   */
  startRecording(title: string, onEnd: (end: RecordingEnd) => void): Promise<void>
  stopRecording(): void
  leftBehind(): Promise<readonly LeftBehind[]>
  forgetLeft(name: string): Promise<void>
}
