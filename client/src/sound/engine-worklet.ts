import { createEngineCore } from './engine-core.ts'
import { isSameReport, PROCESSOR_NAME, type EngineMessage, type EngineReport } from './protocol.ts'

// The audio thread's global scope, which the DOM library does not describe.
declare const sampleRate: number
declare const currentFrame: number
declare function registerProcessor(name: string, processor: typeof EngineProcessor): void
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort }

const REPORTS_PER_SECOND = 30
/** So many reports may be left out while nothing changes: the page goes by their coming too. */
const MOST_UNSAID = 2

/** Hands messages to the engine and its sound to the browser. */
class EngineProcessor extends AudioWorkletProcessor {
  readonly #core = createEngineCore(sampleRate)
  readonly #reportFrames = Math.ceil(sampleRate / REPORTS_PER_SECOND)
  #sinceReport = 0
  #unsaid = 0
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
    if (isSameReport(levels, this.#reported) && this.#unsaid < MOST_UNSAID) {
      this.#unsaid += 1
      return
    }
    this.#unsaid = 0
    this.#reported = levels
    this.port.postMessage(levels)
  }
}

registerProcessor(PROCESSOR_NAME, EngineProcessor)
