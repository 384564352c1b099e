import { createWavFile } from '../export/wav.ts'
import { createTapeRecorder } from './tape-recorder.ts'
import {
  clearRing,
  framesIn,
  putFrames,
  readFrames,
  ringIn,
  TAPE_BLOCK,
  TAPE_BYTES,
  type TapeRing,
} from './tape-ring.ts'
import { SENT_FRAMES, type SentBlock, type TapeOrder, type TapeReport } from './tape-types.ts'
import { holdRecording, storeFolder } from './tape-store.ts'
import { openChosen, openMemory, openStored, type WavSink } from './wav-sinks.ts'

// The worker's global scope, which the DOM library takes for a window's.
declare const self: {
  onmessage: ((event: MessageEvent<TapeOrder>) => void) | null
  postMessage(report: TapeReport): void
}

type Ordered<Type extends TapeOrder['type']> = Extract<TapeOrder, { readonly type: Type }>

const PUMP_EVERY_MS = 250
/** What was just played may still be on its way here. */
const MOST_WAIT_MS = 500
const LOOK_EVERY_MS = 20

const tape: { ring: TapeRing | undefined; sampleRate: number } = { ring: undefined, sampleRate: 0 }
/** Whether the recording goes on. */
let isWanted = false

self.onmessage = ({ data }) => {
  switch (data.type) {
    case 'open':
      open(data)
      return
    case 'cut':
      void cut(data)
      return
    case 'record':
      void holdRecording(data.name, () => record(data))
      return
    case 'stop':
      isWanted = false
  }
}

function open({ sampleRate, ring: shared, port }: Ordered<'open'>): void {
  const ring = ringIn(shared ?? new ArrayBuffer(TAPE_BYTES))
  tape.ring = ring
  tape.sampleRate = sampleRate
  if (port === undefined) return
  clearRing(ring)
  port.onmessage = ({ data: { frame, samples } }: MessageEvent<SentBlock>) => {
    for (let at = 0; at < SENT_FRAMES; at += TAPE_BLOCK) {
      const side = (from: number): Float32Array =>
        samples.subarray(from + at, from + at + TAPE_BLOCK)
      putFrames(ring, frame + at, TAPE_BLOCK, side(0), side(SENT_FRAMES))
    }
    port.postMessage(samples, [samples.buffer])
  }
}

const isStillWanted = (): boolean => isWanted

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function cut({ id, from, to, format, tags }: Ordered<'cut'>): Promise<void> {
  const { ring, sampleRate } = tape
  for (let waited = 0; ring && framesIn(ring).to < to; waited += LOOK_EVERY_MS) {
    if (waited > MOST_WAIT_MS) break
    await wait(LOOK_EVERY_MS)
  }
  const sides = ring && readFrames(ring, from, to)
  if (sides === undefined) {
    self.postMessage({ type: 'cut', id, file: undefined })
    return
  }
  const file = createWavFile({ format, sampleRate, tags })
  await file.add(sides.left, sides.right)
  self.postMessage({ type: 'cut', id, file: await file.finish() })
}

async function record({ file, name, format, tags }: Ordered<'record'>): Promise<void> {
  const { ring, sampleRate } = tape
  isWanted = true
  const sink = await sinkFor(file, name)
  if (ring === undefined || sink === undefined) {
    self.postMessage({ type: 'recorded', seconds: 0, file: undefined, reason: 'disk' })
    return
  }
  const recorder = createTapeRecorder(ring, framesIn(ring).to, sink, { format, sampleRate, tags })
  for (;;) {
    const reason = await recorder.pump()
    self.postMessage({ type: 'recording', seconds: recorder.seconds(), place: recorder.place })
    if (reason !== undefined || !isStillWanted()) {
      self.postMessage(await recorder.finish(reason))
      return
    }
    await wait(PUMP_EVERY_MS)
  }
}

async function sinkFor(
  file: FileSystemFileHandle | undefined,
  name: string,
): Promise<WavSink | undefined> {
  // A file that was chosen and cannot be written is a trouble to be told, not to be got around.
  if (file !== undefined) return openChosen(file).catch(() => undefined)
  const stored = await storeFolder()
    .then((folder) => folder && openStored(folder, name))
    .catch(() => undefined)
  return stored ?? openMemory()
}
