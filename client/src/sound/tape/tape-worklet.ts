import { putFrames, ringIn, TAPE_BLOCK, type TapeRing } from './tape-ring.ts'
import { SENT_FRAMES, TAPE_PROCESSOR, type SentBlock, type TapeOptions } from './tape-types.ts'

// The audio thread's global scope, which the DOM library does not describe.
declare const currentFrame: number
declare function registerProcessor(name: string, processor: typeof TapeProcessor): void
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort }

/** Writes down what it hears, always; sounds nothing itself. */
class TapeProcessor extends AudioWorkletProcessor {
  readonly #ring: TapeRing | undefined
  #sender: MessagePort | undefined
  /** Blocks that came back. */
  readonly #spare: Float32Array<ArrayBuffer>[] = []
  #samples: Float32Array<ArrayBuffer> | undefined
  #filled = 0
  #frame = 0
  #isClosed = false

  constructor({ processorOptions }: { processorOptions: TapeOptions }) {
    super()
    const { ring } = processorOptions
    this.#ring = ring && ringIn(ring)
    this.port.onmessage = ({ data }: MessageEvent<MessagePort | 'close'>) => {
      if (data === 'close') this.#isClosed = true
      else this.#sendTo(data)
    }
  }

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    const left = input?.[0]
    const right = input?.[1] ?? left
    if (this.#ring !== undefined) putFrames(this.#ring, currentFrame, TAPE_BLOCK, left, right)
    else if (this.#sender !== undefined) this.#send(this.#sender, left, right)
    return !this.#isClosed
  }

  #sendTo(port: MessagePort): void {
    this.#sender = port
    port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => {
      this.#spare.push(data)
    }
  }

  #send(port: MessagePort, left: Float32Array | undefined, right: Float32Array | undefined): void {
    this.#samples ??= this.#spare.pop() ?? new Float32Array(2 * SENT_FRAMES)
    const samples = this.#samples
    const at = this.#filled
    if (at === 0) this.#frame = currentFrame
    if (left === undefined) samples.fill(0, at, at + TAPE_BLOCK)
    else samples.set(left, at)
    if (right === undefined) samples.fill(0, SENT_FRAMES + at, SENT_FRAMES + at + TAPE_BLOCK)
    else samples.set(right, SENT_FRAMES + at)
    this.#filled += TAPE_BLOCK
    if (this.#filled < SENT_FRAMES) return
    this.#filled = 0
    this.#samples = undefined
    const block: SentBlock = { frame: this.#frame, samples }
    port.postMessage(block, [samples.buffer])
  }
}

registerProcessor(TAPE_PROCESSOR, TapeProcessor)
