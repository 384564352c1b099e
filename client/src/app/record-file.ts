import type { Recorded } from '../sound/tape/tape.ts'
import { AUDIO_WORDS as WORDS } from '../words/audio.ts'
import type { RecordingEnd } from './audio-types.ts'

interface SaveOptions {
  readonly suggestedName: string
  readonly types: readonly {
    readonly description: string
    readonly accept: Readonly<Record<string, readonly string[]>>
  }[]
}

/** What some browsers let a page ask. */
type Pickers = Window & { showSaveFilePicker?(options: SaveOptions): Promise<FileSystemFileHandle> }

/** Without what no file system takes. */
export const recordingName = (title: string, at: Date): string =>
  WORDS.recordingOf({ title, at })
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()

/** The file that the person chooses; undefined where the browser lets nobody choose. */
export async function chooseFile(
  page: Window,
  name: string,
): Promise<FileSystemFileHandle | 'none' | undefined> {
  try {
    return await (page as Pickers).showSaveFilePicker?.({
      suggestedName: `${name}.wav`,
      types: [{ description: 'WAV', accept: { 'audio/wav': ['.wav'] } }],
    })
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return 'none'
    throw error
  }
}

export const endOf = ({ file, seconds, reason }: Recorded, name: string): RecordingEnd => ({
  download: file && { file, name, extension: 'wav', seconds },
  seconds,
  reason: reason && WORDS.ends[reason],
})
