import { initialTransport, withPlay } from '../clock/tempo-map.ts'
import type { Transport } from '../clock/transport.ts'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { EMPTY_SONG, type Song } from '../sequence/song.ts'
import type { FrameDrop } from '../sound/dsp/drop-gate.ts'
import type { Engine, FrameComing, FrameTempo } from '../sound/engine-types.ts'
import type { FrameLaunches } from '../sound/frame-launches.ts'
import type { StepBack } from '../sound/step-back.ts'
import { createFakeSpeaker } from './fake-speaker.ts'
import { type ComingSong, createPlayer } from './player.ts'
import { createSpeakerClock } from './speaker-clock.ts'

const STILL = initialTransport('now')

/** Shared time is ours; the engine only writes down what it is told. */
export function stagePlayer() {
  const timers = createFakeTimers(5000)
  const output = createFakeSpeaker(timers)
  const told: FrameTempo[] = []
  const engine = {
    setSong: (next: Song) => heard.push(next),
    setComing: (next: FrameComing | undefined) => heard.push(next?.frame ?? 'none comes'),
    takeComing: () => heard.push('it came'),
    setSteps: () => undefined,
    setLaunches: (launches: FrameLaunches) => launched.push(launches),
    setDrop: (drop: FrameDrop | undefined) => dropped.push(drop),
    setStepBack: (stepBack: StepBack | undefined) => stepped.push(stepBack),
    setOrigin: (frame: number) => origins.push(frame),
    setTempo: (tempo: FrameTempo) => told.push(tempo),
  }
  const heard: (Song | number | string)[] = []
  const origins: number[] = []
  const launched: FrameLaunches[] = []
  const dropped: (FrameDrop | undefined)[] = []
  const stepped: (StepBack | undefined)[] = []
  const transport = createLive<Transport>(STILL)
  const silenced = createLive(false)
  const clock = {
    localMsAt: (sharedMs: number) => sharedMs,
    sharedMsAt: (localMs: number) => localMs,
    sessionId: () => 'one',
    onChange: () => () => undefined,
  }
  const wakes = { onWake: () => () => undefined }
  const trimMs = createLive(0)
  const speaker = createSpeakerClock({ clock, output, timers, wakes, trimMs })
  const song = createLive<Song>(EMPTY_SONG)
  const coming = createLive<ComingSong | undefined>(undefined)
  const player = createPlayer({
    song,
    jam: { transport, clock },
    output: { engine: createLive<Engine | undefined>(engine as unknown as Engine) },
    speaker,
    timers,
    silenced,
    coming,
  })
  const play = (): void => transport.set(withPlay(STILL, timers.now(), 0, 'ana'))
  return {
    song,
    coming,
    heard,
    launched,
    dropped,
    stepped,
    timers,
    output,
    told,
    origins,
    silenced,
    trimMs,
    player,
    play,
  }
}
