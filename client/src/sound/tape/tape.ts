import type { AudioTags, WavFormat } from '../export/file-types.ts'
import { createLive, type Live } from '../../lib/live.ts'
import type { Undo } from '../../lib/scope.ts'
import { clearRing, ringIn, TAPE_BYTES } from './tape-ring.ts'
import {
  TAPE_PROCESSOR,
  type RecordingPlace,
  type TapeOptions,
  type TapeOrder,
  type TapeReport,
} from './tape-types.ts'
import workerUrl from './tape-worker.ts?worker&url'
import workletUrl from './tape-worklet.ts?worker&url'

/** Whether what is played goes into a file just now. */
export type RecordingState =
  | { readonly status: 'idle' }
  | { readonly status: 'recording'; readonly seconds: number; readonly place: RecordingPlace }

export type Recorded = Extract<TapeReport, { readonly type: 'recorded' }>

export interface TapeFile {
  readonly format: WavFormat
  readonly tags: AudioTags
}

/** The last minute of what this device plays, and recordings of what comes. */
export interface Tape {
  /** Frames of the audio's clock, up to, not with, `to`. Undefined when they are not, or no longer, on the tape. */
  cut(from: number, to: number, file: TapeFile): Promise<Blob | undefined>
  readonly recording: Live<RecordingState>
  /** @param into  chosen by the person @param onEnd  told once, however it ends */
  record(
    into: FileSystemFileHandle | undefined,
    file: TapeFile & { readonly name: string },
    onEnd: (recorded: Recorded) => void,
  ): void
  stop(): void
  readonly close: Undo
}

/**
 * Lets the tape run: a worklet beside the engine's writes what it hears into memory that a worker shares, or, where
 * the page is not isolated, sends it there in blocks. Neither is ever waited for by the sound.
 *
 * @throws (rejects) when the worklet or the worker cannot be had
 */
export async function openTape(
  context: BaseAudioContext,
  source: AudioNode,
  Thread: typeof Worker,
): Promise<Tape> {
  await context.audioWorklet.addModule(workletUrl)
  const isShared = typeof SharedArrayBuffer !== 'undefined'
  const ring = isShared ? new SharedArrayBuffer(TAPE_BYTES) : undefined
  if (ring !== undefined) clearRing(ringIn(ring))
  const processorOptions: TapeOptions = { ring }
  const node = new AudioWorkletNode(context, TAPE_PROCESSOR, {
    outputChannelCount: [1],
    channelCount: 2,
    channelCountMode: 'explicit',
    processorOptions,
  })
  const worker = new Thread(workerUrl, { type: 'module', name: 'tape' })
  const { port1, port2 } = new MessageChannel()
  const tell = (order: TapeOrder, given: readonly Transferable[] = []): void => {
    worker.postMessage(order, [...given])
  }
  const { sampleRate } = context
  if (isShared) tell({ type: 'open', sampleRate, ring, port: undefined })
  else {
    node.port.postMessage(port1, [port1])
    tell({ type: 'open', sampleRate, ring, port: port2 }, [port2])
  }
  source.connect(node)
  // Silence: what leads nowhere is not run by every browser.
  node.connect(context.destination)

  const recording = createLive<RecordingState>({ status: 'idle' })
  const cuts = new Map<number, (file: Blob | undefined) => void>()
  let cutCount = 0
  let end: ((recorded: Recorded) => void) | undefined
  worker.onmessage = ({ data }: MessageEvent<TapeReport>) => {
    switch (data.type) {
      case 'cut':
        cuts.get(data.id)?.(data.file)
        cuts.delete(data.id)
        return
      case 'recording':
        recording.set({ status: 'recording', seconds: data.seconds, place: data.place })
        return
      case 'recorded':
        recording.set({ status: 'idle' })
        end?.(data)
        end = undefined
    }
  }
  return {
    cut(from, to, file) {
      const id = (cutCount += 1)
      return new Promise((resolve) => {
        cuts.set(id, resolve)
        tell({ type: 'cut', id, from, to, ...file })
      })
    },
    recording,
    record(into, file, onEnd) {
      end = onEnd
      recording.set({
        status: 'recording',
        seconds: 0,
        place: into === undefined ? 'store' : 'file',
      })
      tell({ type: 'record', file: into, ...file })
    },
    stop() {
      tell({ type: 'stop' })
    },
    close() {
      try {
        source.disconnect(node)
      } catch {
        // The engine was closed first, and is connected to nothing any more.
      }
      node.port.postMessage('close')
      node.disconnect()
      worker.terminate()
      for (const resolve of cuts.values()) resolve(undefined)
    },
  }
}
