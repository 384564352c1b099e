import type { AudioTags, WavFormat } from '../export/file-types.ts'

/** Name under which the worklet registers its processor. */
export const TAPE_PROCESSOR = 'beatcord-tape'

/** What the tape's processor begins with. */
export interface TapeOptions {
  /** Where it writes; undefined where threads cannot share memory: then it sends blocks to a port it is sent. */
  readonly ring: SharedArrayBuffer | undefined
}

/** Frames of a block that is sent where memory cannot be shared: an eleventh of a second. */
export const SENT_FRAMES = 4096

/** A block on its way to the worker; its samples, left then right, come back to be filled anew. */
export interface SentBlock {
  readonly frame: number
  readonly samples: Float32Array<ArrayBuffer>
}

/** What the worker is told. */
export type TapeOrder =
  | {
      readonly type: 'open'
      readonly sampleRate: number
      readonly ring: SharedArrayBuffer | undefined
      /** Where blocks come from instead. */
      readonly port: MessagePort | undefined
    }
  /** Frames of the audio's clock. */
  | {
      readonly type: 'cut'
      readonly id: number
      readonly from: number
      readonly to: number
      readonly format: WavFormat
      readonly tags: AudioTags
    }
  | {
      readonly type: 'record'
      /** Chosen by the person; undefined: into the browser's own store, or memory. */
      readonly file: FileSystemFileHandle | undefined
      readonly name: string
      readonly format: WavFormat
      readonly tags: AudioTags
    }
  | { readonly type: 'stop' }

/** Where a recording goes: a file that was chosen, the browser's own store, or memory. */
export type RecordingPlace = 'file' | 'store' | 'memory'

/** What the worker says. */
export type TapeReport =
  /** Undefined when the frames are not on the tape. */
  | { readonly type: 'cut'; readonly id: number; readonly file: Blob | undefined }
  | { readonly type: 'recording'; readonly seconds: number; readonly place: RecordingPlace }
  | {
      readonly type: 'recorded'
      readonly seconds: number
      /** To be given to the person; undefined when it is in the file that was chosen. */
      readonly file: Blob | undefined
      /** Why it ended by itself: memory is full, the tape was overtaken, or the error of the disk. */
      readonly reason: 'full' | 'overtaken' | 'disk' | undefined
    }
