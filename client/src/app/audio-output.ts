import type { OutputTimestamp } from '../clock/audio-map.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import { createEngine } from '../sound/engine.ts'
import type { Engine } from '../sound/engine-types.ts'
import type { SoundState } from './session-types.ts'

/** This tab's way to the loudspeaker. */
export interface AudioOutput {
  readonly state: Live<SoundState>
  /** Undefined until the worklet has been loaded, and for ever where there is none. */
  readonly engine: Live<Engine | undefined>
  readonly sampleRate: number
  /** Which moment of the audio is at the loudspeaker now; undefined while nothing runs. */
  readTimestamp(): OutputTimestamp | undefined
  /** From the worklet to the loudspeaker, ms, as far as the browser knows. */
  latencyMs(): number
  /** To be called from a tap or key press. */
  unlock(): Promise<void>
  close: Undo
}

/** Where the browser does not tell: a usual device's buffer. */
const USUAL_LATENCY_SECONDS = 0.03

/** Never rejects: what goes wrong is a state. Called within a tap, sound may start at once. */
export function createAudioOutput(target: Window & typeof globalThis): AudioOutput {
  const scope = createScope()
  const engine = createLive<Engine | undefined>(undefined)
  const supported =
    typeof target.AudioContext === 'function' && typeof target.AudioWorkletNode === 'function'
  if (!supported) {
    const insecure = !target.isSecureContext
    return silent(createLive<SoundState>({ status: 'unsupported', insecure }), engine)
  }

  playThroughSilentSwitch(target.navigator)
  const context = new target.AudioContext({ latencyHint: 'interactive' })
  scope.own(() => void context.close())
  const state = createLive<SoundState>(stateOf(context))
  const onState = (): void => {
    if (state.read().status !== 'failed') state.set(stateOf(context))
  }
  context.addEventListener('statechange', onState)
  scope.own(() => {
    context.removeEventListener('statechange', onState)
  })

  let closed = false
  const fail = (error: unknown): void => {
    state.set({ status: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
  const startEngine = async (): Promise<void> => {
    engine.read()?.close()
    try {
      const made = await createEngine(context, fail)
      if (closed) return
      made.output.connect(context.destination)
      engine.set(made)
      state.set(stateOf(context))
    } catch (error) {
      fail(error)
    }
  }
  scope.own(() => {
    closed = true
    engine.read()?.close()
  })
  void startEngine()
  // Refused without a tap, and ended when the context closes first: the state says so either way.
  context.resume().catch(() => undefined)

  return {
    state,
    engine,
    sampleRate: context.sampleRate,
    readTimestamp: () => readTimestamp(context),
    latencyMs: () => latencySeconds(context) * 1000,
    async unlock() {
      if (state.read().status === 'failed') await startEngine()
      await context.resume()
    },
    close: scope.close,
  }
}

const silent = (state: Live<SoundState>, engine: Live<Engine | undefined>): AudioOutput => ({
  state,
  engine,
  sampleRate: 48_000,
  readTimestamp: () => undefined,
  latencyMs: () => 0,
  unlock: () => Promise.resolve(),
  close: () => undefined,
})

function stateOf(context: AudioContext): SoundState {
  // 'interrupted' is Safari's, when a call or another app takes the loudspeaker.
  const state: string = context.state
  if (state === 'running') return { status: 'running' }
  return { status: state === 'interrupted' ? 'interrupted' : 'locked' }
}

const latencySeconds = (context: AudioContext): number =>
  (context.outputLatency || USUAL_LATENCY_SECONDS) + (context.baseLatency || 0)

function readTimestamp(context: AudioContext): OutputTimestamp | undefined {
  if (context.state !== 'running') return undefined
  // Missing in some browsers although the types say otherwise.
  const read = context.getOutputTimestamp as AudioContext['getOutputTimestamp'] | undefined
  const { contextTime = 0, performanceTime = 0 } = read?.call(context) ?? {}
  const lag = context.currentTime - contextTime
  // Safari 15.1 to 17.4 gave a time of another clock; no output lags half a second behind its context.
  if (contextTime > 0 && performanceTime > 0 && lag >= 0 && lag < 0.5)
    return { contextTime, performanceTime }
  return {
    contextTime: context.currentTime - latencySeconds(context),
    performanceTime: performance.now(),
  }
}

/** On iOS a page is mute with the ring switch off unless it says that it is here to play. */
function playThroughSilentSwitch(navigator: Navigator): void {
  const { audioSession } = navigator as { readonly audioSession?: { type: string } }
  if (audioSession !== undefined) audioSession.type = 'playback'
}
