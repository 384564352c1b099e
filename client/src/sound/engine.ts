import { assert } from '../lib/assert.ts'
import { createLive } from '../lib/live.ts'
import { HIGHEST_PITCH, LOWEST_PITCH } from '../sequence/pattern.ts'
import type { Engine, TrackMix } from './engine-types.ts'
import workletUrl from './engine-worklet.ts?worker&url'
import { checkSteps } from './frame-steps.ts'
import { clampTempo } from './frame-tempo.ts'
import {
  isSameReport,
  PROCESSOR_NAME,
  SILENT_LEVELS,
  type EngineMessage,
  type EngineReport,
} from './protocol.ts'
import { createSongPatcher } from './song-patch.ts'

const LONGEST_AUDITION_SECONDS = 10

/**
 * Loads the engine into the context's audio thread. Its output is connected to nothing.
 *
 * @param onFailure told once if the engine breaks down later; it is silent from then on
 * @param onBeat told by the audio thread at least nine times a second, also in a hidden page, whose timers sleep
 * @throws when the context knows no worklets, or the file does not load
 */
export async function createEngine(
  context: BaseAudioContext,
  onFailure: (error: Error) => void = () => undefined,
  onBeat: () => void = () => undefined,
): Promise<Engine> {
  await context.audioWorklet.addModule(workletUrl)
  const node = new AudioWorkletNode(context, PROCESSOR_NAME, {
    numberOfInputs: 0,
    outputChannelCount: [2],
  })
  const levels = createLive(SILENT_LEVELS)
  const patchTo = createSongPatcher()
  const tell = (message: EngineMessage): void => {
    node.port.postMessage(message)
  }
  node.port.onmessage = ({ data }: MessageEvent<EngineReport>) => {
    if (!isSameReport(data, levels.read())) levels.set(data)
    onBeat()
  }
  node.onprocessorerror = ({ error }: ErrorEvent) => {
    onFailure(new Error('the sound engine broke down', { cause: error }))
  }

  return {
    output: node,
    levels,
    setSong(song) {
      const patch = patchTo(song)
      if (patch !== undefined) tell({ type: 'song', patch })
    },
    setTempo(tempo) {
      tell({ type: 'tempo', tempo: clampTempo(tempo, context.sampleRate) })
    },
    setSteps(steps) {
      tell({ type: 'steps', steps: checkSteps(steps) })
    },
    setClick({ metronome, countIn, level }) {
      tell({ type: 'click', click: { metronome, countIn, level: clampTo(0, 1, level) } })
    },
    audition(track, pitch, velocity, seconds) {
      const audition = {
        track,
        pitch: clampTo(LOWEST_PITCH, HIGHEST_PITCH, Math.round(pitch)),
        velocity: clampTo(1, 127, velocity),
        seconds: clampTo(0, LONGEST_AUDITION_SECONDS, seconds),
      }
      tell({ type: 'audition', audition })
    },
    panic() {
      tell({ type: 'panic' })
    },
    setVolume(volume) {
      tell({ type: 'volume', volume: clampTo(0, 1, volume) })
    },
    setMix(mix) {
      tell({ type: 'mix', mix: new Map([...mix].map(([id, one]) => [id, clampMix(one)])) })
    },
    setOrigin(frame) {
      assert(Number.isFinite(frame), `shared time must begin on a finite frame, got ${frame}`)
      tell({ type: 'origin', frame })
    },
    setOwnTrack(track) {
      tell({ type: 'own', track })
    },
    setScope(isShown) {
      tell({ type: 'scope', isShown })
    },
    close() {
      tell({ type: 'close' })
      node.port.onmessage = null
      node.disconnect()
    },
  }
}

const clampMix = ({ volume, pan, muted, soloed }: TrackMix): TrackMix => ({
  volume: clampTo(0, 2, volume),
  pan: clampTo(-1, 1, pan),
  muted,
  soloed,
})

const clampTo = (min: number, max: number, value: number): number =>
  Number.isNaN(value) ? min : Math.min(max, Math.max(min, value))
