import type { AudioFormat } from '../../client/src/sound/export/file-types.ts'

/** What is exported: a groove of four tracks of the bank, or twenty tracks with every effect. */
export type ExportPiece = 'groove' | 'full'

export interface ExportRun {
  readonly piece: ExportPiece
  readonly format: AudioFormat
  /** Whether each track is a file of its own. */
  readonly isSplit: boolean
}

export interface ExportCost {
  /** Wall time, from asking for it to the whole file. */
  readonly ms: number
  /** Of music in it. */
  readonly seconds: number
  readonly bytes: number
}

/** Ten seconds of the engine into nowhere, without the tape beside it and with it, ms. */
export interface TapeCost {
  readonly withoutMs: number
  readonly withMs: number
}

/** What the bench calls in its page. */
export interface ExportPage {
  run(what: ExportRun): Promise<ExportCost>
  tape(): Promise<TapeCost>
}

declare global {
  interface Window {
    exportPage?: ExportPage
  }
}
