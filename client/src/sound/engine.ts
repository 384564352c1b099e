import { assert } from '../lib/assert.ts'
import { createLive } from '../lib/live.ts'
import {
  clampAudition,
  clampBend,
  clampClick,
  clampHand,
  clampMix,
  clampVolume,
} from './engine-clamps.ts'
import type { Song } from '../sequence/song.ts'
import type { Engine } from './engine-types.ts'
import workletUrl from './engine-worklet.ts?worker&url'
import { checkDrop, checkLaunches } from './frame-launches.ts'
import { checkSteps } from './frame-steps.ts'
import { clampTempo } from './frame-tempo.ts'
import {
  isSameReport,
  PROCESSOR_NAME,
  SILENT_LEVELS,
  type EngineMessage,
  type EngineReport,
} from './protocol.ts'
import { createSongPatcher, type SongPatch } from './song-patch.ts'

/** Moments are rounded to whole frames anyway. */
const SAME_FRAMES = 0.25
const NOTHING: SongPatch = { changed: [], removed: [] }

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
  let patchTo = createSongPatcher()
  /** Knows the song that is to come. */
  let coming: { readonly song: Song; readonly patchTo: typeof patchTo; frame: number } | undefined
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
    setComing(next) {
      assert(
        next === undefined || Number.isFinite(next.frame),
        'a song must come on a finite frame',
      )
      if (next === undefined) {
        if (coming !== undefined) tell({ type: 'coming-at', frame: undefined })
        coming = undefined
        return
      }
      const { song, frame } = next
      if (coming?.song !== song) {
        coming = { song, patchTo: createSongPatcher(), frame: NaN }
        const patch = coming.patchTo(song) ?? NOTHING
        tell({ type: 'coming', coming: { patch, steps: { count: song.stepCount } } })
      }
      if (Math.abs(coming.frame - frame) < SAME_FRAMES) return
      coming.frame = frame
      tell({ type: 'coming-at', frame })
    },
    takeComing() {
      if (coming === undefined) return
      patchTo = coming.patchTo
      coming = undefined
      tell({ type: 'coming-at', frame: -Infinity })
    },
    setTempo(tempo) {
      tell({ type: 'tempo', tempo: clampTempo(tempo, context.sampleRate) })
    },
    setSteps(steps) {
      tell({ type: 'steps', steps: checkSteps(steps) })
    },
    setLaunches(launches) {
      tell({ type: 'launches', launches: checkLaunches(launches) })
    },
    setDrop(drop) {
      tell({ type: 'drop', drop: checkDrop(drop) })
    },
    setStepBack(stepBack) {
      tell({ type: 'step-back', stepBack })
    },
    setClick(click) {
      tell({ type: 'click', click: clampClick(click) })
    },
    audition(track, pitch, velocity, seconds) {
      tell({ type: 'audition', audition: clampAudition({ track, pitch, velocity, seconds }) })
    },
    playHand(note) {
      tell({ type: 'hand', note: clampHand(note) })
    },
    bendHand(bend) {
      tell({ type: 'bend', bend: clampBend(bend) })
    },
    panic() {
      tell({ type: 'panic' })
    },
    setVolume(volume) {
      tell({ type: 'volume', volume: clampVolume(volume) })
    },
    setMix(mix) {
      tell({ type: 'mix', mix: clampMix(mix) })
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
