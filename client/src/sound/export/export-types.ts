import type { AudioFormat, AudioTags } from './file-types.ts'
import type { Stretch } from './stretch.ts'

/** What a worker is to render and write. */
export interface ExportOrder {
  readonly stretch: Stretch
  readonly format: AudioFormat
  readonly tags: AudioTags
  /** Of the file, or of the archive that holds several; without an extension. */
  readonly name: string
  /** Names of the stems, in their order; left out for the mix by itself. Those that are silent are left out. */
  readonly stemNames?: readonly string[]
  /** For the archive. */
  readonly at: Date
}

/** What the worker says. */
export type ExportReport =
  /** 0 to 1. */
  | { readonly type: 'progress'; readonly done: number }
  | {
      readonly type: 'done'
      readonly file: Blob
      readonly extension: string
      readonly seconds: number
    }
  | { readonly type: 'failed'; readonly reason: string; readonly isTooLarge: boolean }
