// The audio thread's global scope, which the DOM library does not describe.
declare function registerProcessor(name: string, processor: typeof Tap): void
declare const currentFrame: number
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort }

/** From one sample to the next at most so much, in a song whose peaks the limiter keeps below 0.97. */
const LEAP = 1.2

/** Counts what no music does: leaps across most of the range, numbers that are none, and frames that are left out. */
class Tap extends AudioWorkletProcessor {
  #leaps = 0
  #last = 0
  #nextFrame = -1

  constructor() {
    super()
    this.port.onmessage = () => {
      this.port.postMessage(this.#leaps)
    }
  }

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    const [samples] = input ?? []
    if (samples === undefined) return true
    if (this.#nextFrame >= 0 && currentFrame !== this.#nextFrame) this.#leaps++
    this.#nextFrame = currentFrame + samples.length
    for (const sample of samples) {
      if (!(Math.abs(sample - this.#last) < LEAP)) this.#leaps++
      this.#last = sample
    }
    return true
  }
}

registerProcessor('bench-tap', Tap)
