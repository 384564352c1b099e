import { createEngineCore } from './engine-core.ts'
import { PROCESSOR_NAME, type EngineMessage, type EngineReport } from './protocol.ts'

// The audio thread's global scope, which the DOM library does not describe.
declare const sampleRate: number
declare const currentFrame: number
declare function registerProcessor(name: string, processor: typeof EngineProcessor): void
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort }

const REPORTS_PER_SECOND = 30

/** Hands messages to the engine and its sound to the browser. */
class EngineProcessor extends AudioWorkletProcessor {
  readonly #core = createEngineCore(sampleRate)
  readonly #reportFrames = Math.ceil(sampleRate / REPORTS_PER_SECOND)
  #sinceReport = 0
  #reported: EngineReport = { peak: 0, voices: 0, sounding: [] }
  #isClosed = false

  constructor() {
    super()
    this.port.onmessage = ({ data }: MessageEvent<EngineMessage>) => {
      this.#take(data)
    }
  }

  process(_inputs: unknown, outputs: readonly (readonly Float32Array[])[]): boolean {
    const [left, right] = outputs[0] ?? []
    if (left === undefined || right === undefined) return !this.#isClosed
    this.#core.process(left, right, currentFrame)
    this.#sinceReport += left.length
    if (this.#sinceReport >= this.#reportFrames) this.#report()
    return !this.#isClosed
  }

  #take(message: EngineMessage): void {
    switch (message.type) {
      case 'song':
        this.#core.change(message.patch)
        return
      case 'tempo':
        this.#core.setTempo(message.tempo)
        return
      case 'steps':
        this.#core.setSteps(message.steps)
        return
      case 'click':
        this.#core.setClick(message.click)
        return
      case 'audition':
        this.#core.audition(message.audition)
        return
      case 'volume':
        this.#core.setVolume(message.volume)
        return
      case 'close':
        this.#isClosed = true
    }
  }

  #report(): void {
    this.#sinceReport = 0
    const levels = this.#core.takeLevels()
    if (isSame(levels, this.#reported)) return
    this.#reported = levels
    this.port.postMessage(levels)
  }
}

const isSame = (one: EngineReport, other: EngineReport): boolean =>
  one.peak === other.peak &&
  one.voices === other.voices &&
  one.sounding.length === other.sounding.length &&
  one.sounding.every((track, index) => track === other.sounding[index])

registerProcessor(PROCESSOR_NAME, EngineProcessor)
