import { latencySeconds, type OutputReading } from '../clock/output-reading.ts'
import { createEvents } from '../lib/events.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import { clickAt } from '../sound/click.ts'
import { createEngine } from '../sound/engine.ts'
import type { Engine } from '../sound/engine-types.ts'
import type { SoundState } from './session-types.ts'

/** This tab's way to the loudspeaker. */
export interface AudioOutput {
  readonly state: Live<SoundState>
  /** Undefined until the worklet has been loaded, and for ever where there is none. */
  readonly engine: Live<Engine | undefined>
  readonly sampleRate: number
  /** For what sounds beside the engine; undefined where nothing can. */
  readonly context: BaseAudioContext | undefined
  /** What the browser says of the audio's clock now; undefined while nothing runs. */
  read(): OutputReading | undefined
  /** At least nine times a second while sound runs, also in a hidden page, whose timers sleep. */
  onBeat(listener: () => void): Undo
  /** From the worklet to the loudspeaker, ms, as far as the browser knows. */
  latencyMs(): number
  /** The part of it beyond the browser, ms; undefined where the browser does not tell. */
  deviceLatencyMs(): number | undefined
  /**
   * A click of its own beside the engine.
   *
   * @param audioSeconds  on the context's clock; what lies in the past sounds at once
   * @param loudness  0 to 1
   */
  click(audioSeconds: number, loudness: number): Undo
  /** To be called from a tap or key press. */
  unlock(): Promise<void>
  close: Undo
}

/** Never rejects: what goes wrong is a state. Called within a tap, sound may start at once. */
export function createAudioOutput(target: Window & typeof globalThis): AudioOutput {
  const scope = createScope()
  const engine = createLive<Engine | undefined>(undefined)
  const events = createEvents<{ beat: [] }>()
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
      const made = await createEngine(context, fail, () => {
        events.emit('beat')
      })
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
    context,
    read: () => (context.state === 'running' ? readOutput(context) : undefined),
    onBeat: (listener) => events.on('beat', listener),
    latencyMs: () => latencySeconds(context) * 1000,
    deviceLatencyMs: () => (context.outputLatency ? context.outputLatency * 1000 : undefined),
    click: (audioSeconds, loudness) => clickAt(context, audioSeconds, loudness),
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
  context: undefined,
  read: () => undefined,
  onBeat: () => () => undefined,
  latencyMs: () => 0,
  deviceLatencyMs: () => undefined,
  click: () => () => undefined,
  unlock: () => Promise.resolve(),
  close: () => undefined,
})

function stateOf(context: AudioContext): SoundState {
  // 'interrupted' is Safari's, when a call or another app takes the loudspeaker.
  const state: string = context.state
  if (state === 'running') return { status: 'running' }
  return { status: state === 'interrupted' ? 'interrupted' : 'locked' }
}

function readOutput(context: AudioContext): OutputReading {
  const { currentTime, outputLatency, baseLatency } = context
  // Missing in some browsers although the types say otherwise.
  const tell = context.getOutputTimestamp as AudioContext['getOutputTimestamp'] | undefined
  const told = tell?.call(context)
  return { currentTime, outputLatency, baseLatency, ...told, nowMs: performance.now() }
}

/** On iOS a page is mute with the ring switch off unless it says that it is here to play. */
function playThroughSilentSwitch(navigator: Navigator): void {
  const { audioSession } = navigator as { readonly audioSession?: { type: string } }
  if (audioSession !== undefined) audioSession.type = 'playback'
}
