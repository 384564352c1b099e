import { expect, type Page } from '@playwright/test'
import type { Recording } from './listen.ts'

/** What a recording page hands over; samples as base64 of little-endian 32-bit floats. */
interface Tape {
  readonly sampleRate: number
  readonly firstFrame: number
  readonly samples: string
  readonly moments: [number, number][]
}

/** What a context may take to begin, on a busy machine. */
const STARTING_MS = 15_000
const LOOK_EVERY_MS = 100

interface Recorder {
  start(): void
  /** On tape so far. */
  seconds(): number
  stop(): Tape
}

declare global {
  interface Window {
    /** Put there by `recordOutputs`. */
    testRecorder?: Recorder
  }
}

/**
 * Runs in the page before its own scripts: whatever is connected to an audio context's destination is heard by a
 * recorder too. The product knows nothing of it.
 */
export function recordOutputs(): void {
  const BLOCK_FRAMES = 4096
  const PROCESSOR = `registerProcessor('test-recorder', class extends AudioWorkletProcessor {
    block = new Float32Array(${BLOCK_FRAMES})
    filled = 0
    process([input]) {
      const [left, right = left] = input
      if (this.filled === 0) this.frame = currentFrame
      for (let index = 0; index < 128; index++) {
        this.block[this.filled + index] = left ? (left[index] + right[index]) / 2 : 0
      }
      this.filled += 128
      if (this.filled === this.block.length) {
        this.port.postMessage({ frame: this.frame, samples: this.block })
        this.filled = 0
      }
      return true
    }
  })`
  const moduleUrl = URL.createObjectURL(new Blob([PROCESSOR], { type: 'text/javascript' }))
  // Called below with the node it belongs to.
  const connect = Reflect.get(AudioNode.prototype, 'connect') as (...args: unknown[]) => unknown
  const taps = new WeakMap<BaseAudioContext, AudioNode>()

  let sampleRate = 0
  let blocks: { frame: number; samples: Float32Array }[] = []
  let moments: [number, number][] = []
  let recording = false

  function tapOf(context: AudioContext): AudioNode {
    const known = taps.get(context)
    if (known !== undefined) return known
    const tap = new GainNode(context)
    taps.set(context, tap)
    void context.audioWorklet.addModule(moduleUrl).then(() => {
      const recorder = new AudioWorkletNode(context, 'test-recorder')
      recorder.port.onmessage = ({ data }: MessageEvent<(typeof blocks)[number]>) => {
        if (!recording) return
        sampleRate = context.sampleRate
        blocks.push(data)
        const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp()
        if (contextTime > 0) moments.push([contextTime, performance.timeOrigin + performanceTime])
      }
      connect.call(tap, recorder)
      connect.call(recorder, context.destination)
    })
    return tap
  }

  AudioNode.prototype.connect = function (this: AudioNode, ...args: unknown[]) {
    const { context } = this
    if (args[0] === context.destination && context instanceof AudioContext) {
      connect.call(this, tapOf(context))
    }
    return connect.apply(this, args)
  } as AudioNode['connect']

  function samplesAsText(): string {
    const firstFrame = blocks[0]?.frame ?? 0
    const last = blocks.at(-1)
    const pcm = new Float32Array(last === undefined ? 0 : last.frame + BLOCK_FRAMES - firstFrame)
    for (const { frame, samples } of blocks) pcm.set(samples, frame - firstFrame)
    const bytes = new Uint8Array(pcm.buffer)
    let text = ''
    for (let from = 0; from < bytes.length; from += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
    }
    return btoa(text)
  }

  window.testRecorder = {
    start() {
      blocks = []
      moments = []
      recording = true
    },
    seconds: () => (blocks.length * BLOCK_FRAMES) / (sampleRate || Infinity),
    stop() {
      recording = false
      return { sampleRate, firstFrame: blocks[0]?.frame ?? 0, samples: samplesAsText(), moments }
    },
  }
}

/** Begins to record what a page sends to its loudspeaker. */
export const startRecording = (page: Page): Promise<void> =>
  page.evaluate(() => window.testRecorder?.start())

/** Waits until so many seconds are on tape; that takes as long as the page's sound does. */
export async function recorded(page: Page, seconds: number): Promise<void> {
  // Asked from outside: the timers of a hidden page look only once a second.
  await expect
    .poll(() => page.evaluate(() => window.testRecorder?.seconds() ?? 0), {
      intervals: [LOOK_EVERY_MS],
      timeout: seconds * 1000 + STARTING_MS,
    })
    .toBeGreaterThanOrEqual(seconds)
}

/** @throws Error when the page sent nothing, not even silence, to a loudspeaker */
export async function stopRecording(page: Page): Promise<Recording> {
  const tape = await page.evaluate(() => window.testRecorder?.stop())
  if (tape === undefined || tape.samples === '') throw new Error('the page must have an output')
  const bytes = Buffer.from(tape.samples, 'base64')
  const pcm = new Float32Array(bytes.length / 4)
  for (let index = 0; index < pcm.length; index++) pcm[index] = bytes.readFloatLE(index * 4)
  const { sampleRate, firstFrame, moments } = tape
  return { sampleRate, firstFrame, pcm, moments }
}
