import type {
  AudioDesk,
  AudioDownload,
  ExportChoice,
  LeftBehind,
  Recording,
  RecordingEnd,
} from '../../app/audio-types.ts'
import { createLive, type LiveSource } from '../../lib/live.ts'

/** Files of sound of nobody: whoever holds it also plays the worker and the disk. */
export interface LocalAudio extends AudioDesk {
  /** What was to be exported, latest last. */
  readonly asked: readonly ExportChoice[]
  /** Tells how far the export is; ends it. */
  progress(done: number): void
  finish(): void
  fail(reason: string): void
  readonly isCancelled: () => boolean
  /** How many whole bars were played. */
  readonly played: LiveSource<number>
  readonly recording: LiveSource<Recording>
  endRecording(end: RecordingEnd): void
  readonly left: LeftBehind[]
}

const fileOf = (name: string, extension: string): AudioDownload => ({
  file: new Blob(['sound']),
  name,
  extension,
  seconds: 8,
})

function createLocalAudio(): LocalAudio {
  const asked: ExportChoice[] = []
  const played = createLive(0)
  const recording = createLive<Recording>({ status: 'idle' })
  const left: LeftBehind[] = []
  let job:
    | { tell(done: number): void; resolve(file: AudioDownload): void; reject(error: Error): void }
    | undefined
  let isCancelled = false
  let onEnd: ((end: RecordingEnd) => void) | undefined
  return {
    asked,
    progress: (done) => job?.tell(done),
    finish: () => job?.resolve(fileOf(asked.at(-1)?.title ?? '', 'wav')),
    fail: (reason) => job?.reject(new Error(reason)),
    isCancelled: () => isCancelled,
    played,
    recording,
    left,
    formats: () => Promise.resolve(['wav24', 'wav16', 'wav32', 'opus']),
    lengthOf: ({ loops }) => ({ beats: 4 * loops, seconds: 2 * loops }),
    exportSong(choice, tell, signal) {
      asked.push(choice)
      return new Promise((resolve, reject) => {
        job = { tell, resolve, reject }
        signal.addEventListener('abort', () => {
          isCancelled = true
          reject(signal.reason as Error)
        })
      })
    },
    barsPlayed: (most) => Math.min(most, played.read()),
    keepBars: (most, title) =>
      played.read() === 0
        ? Promise.reject(new Error('Play a whole bar first.'))
        : Promise.resolve(fileOf(`${title}, last ${Math.min(most, played.read())} bars`, 'wav')),
    startRecording(_title, ended) {
      onEnd = ended
      recording.set({ status: 'recording', seconds: 0, place: 'file' })
      return Promise.resolve()
    },
    stopRecording() {
      recording.set({ status: 'idle' })
      onEnd?.({ download: fileOf('jam', 'wav'), seconds: 8, reason: undefined })
    },
    endRecording(end) {
      recording.set({ status: 'idle' })
      onEnd?.(end)
    },
    leftBehind: () => Promise.resolve([...left]),
    forgetLeft(name) {
      left.splice(
        left.findIndex((each) => each.name === name),
        1,
      )
      return Promise.resolve()
    },
  }
}

/** What a session has of it, and whoever holds that. */
export interface LocalAudioDoor {
  readonly sounds: LocalAudio
  audio(): Promise<AudioDesk>
}

export function createLocalAudioDoor(): LocalAudioDoor {
  const sounds = createLocalAudio()
  return { sounds, audio: () => Promise.resolve(sounds) }
}
