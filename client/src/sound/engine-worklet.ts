import type { TrackId } from '../sequence/song.ts'
import { createEngineCore } from './engine-core.ts'
import type { EngineLevels } from './engine-types.ts'
import { createGovernor } from './governor.ts'
import {
  isSameReport,
  PROCESSOR_NAME,
  SILENT_LEVELS,
  type EngineMessage,
  type EngineReport,
} from './protocol.ts'

// The audio thread's global scope, which the DOM library does not describe.
declare const sampleRate: number
declare const currentFrame: number
declare function registerProcessor(name: string, processor: typeof EngineProcessor): void
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort }

const SCOPE_SAMPLES = 1024
const REPORTS_PER_SECOND = 30
/** So many reports may be left out while nothing changes: the page goes by their coming too. */
const MOST_UNSAID = 2

type OtherMessage = 'step-back' | 'audition' | 'hand' | 'bend' | 'own' | 'scope' | 'close'

/** Hands messages to the engine and its sound to the browser. */
class EngineProcessor extends AudioWorkletProcessor {
  readonly #core = createEngineCore(sampleRate)
  readonly #reportFrames = Math.ceil(sampleRate / REPORTS_PER_SECOND)
  #sinceReport = 0
  #unsaid = 0
  readonly #governor = createGovernor()
  #reported = SILENT_LEVELS
  #own: TrackId | undefined
  #isScopeShown = false
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
    const begunMs = Date.now()
    this.#core.process(left, right, currentFrame)
    this.#govern(Date.now() - begunMs, left.length)
    this.#sinceReport += left.length
    if (this.#sinceReport >= this.#reportFrames) this.#report()
    return !this.#isClosed
  }

  #take(message: EngineMessage): void {
    switch (message.type) {
      case 'song':
        this.#core.change(message.patch)
        return
      case 'coming':
        this.#core.setComing(message.coming)
        return
      case 'coming-at':
        this.#core.setComingFrame(message.frame)
        return
      case 'tempo':
        this.#core.setTempo(message.tempo)
        return
      case 'steps':
        this.#core.setSteps(message.steps)
        return
      case 'launches':
        this.#core.setLaunches(message.launches)
        return
      case 'drop':
        this.#core.setDrop(message.drop)
        return
      case 'click':
        this.#core.setClick(message.click)
        return
      case 'panic':
        this.#core.panic()
        return
      case 'volume':
        this.#core.setVolume(message.volume)
        return
      case 'mix':
        this.#core.setMix(message.mix)
        return
      case 'origin':
        this.#core.setOrigin(message.frame)
        return
      default:
        this.#takeOther(message)
    }
  }

  /** What is played on top of the song, and what is of this device. */
  #takeOther(message: Extract<EngineMessage, { readonly type: OtherMessage }>): void {
    switch (message.type) {
      case 'step-back':
        this.#core.setStepBack(message.stepBack)
        return
      case 'audition':
        this.#core.audition(message.audition)
        return
      case 'hand':
        this.#core.playHand(message.note)
        return
      case 'bend':
        this.#core.bendHand(message.bend)
        return
      case 'own':
        this.#own = message.track
        this.#core.setEase(this.#governor.ease(), this.#own)
        return
      case 'scope':
        this.#isScopeShown = message.isShown
        return
      case 'close':
        this.#isClosed = true
    }
  }

  #govern(tookMs: number, frames: number): void {
    const before = this.#governor.ease()
    this.#governor.note(tookMs, (frames * 1000) / sampleRate)
    const ease = this.#governor.ease()
    if (ease !== before) this.#core.setEase(ease, this.#own)
  }

  #report(): void {
    this.#sinceReport = 0
    const levels: EngineReport = {
      ...this.#core.takeLevels(),
      load: this.#governor.load(),
      ease: this.#governor.ease(),
      ...this.#scope(),
    }
    if (isSameReport(levels, this.#reported) && this.#unsaid < MOST_UNSAID) {
      this.#unsaid += 1
      return
    }
    this.#unsaid = 0
    this.#reported = levels
    this.port.postMessage(levels)
  }

  #scope(): Pick<EngineLevels, 'scope'> {
    if (!this.#isScopeShown) return {}
    const scope = new Float32Array(SCOPE_SAMPLES)
    this.#core.readScope(scope)
    return { scope }
  }
}

registerProcessor(PROCESSOR_NAME, EngineProcessor)
