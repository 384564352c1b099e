import { createAudioMap } from '../clock/audio-map.ts'
import { initialTransport, presentAt } from '../clock/tempo-map.ts'
import type { Segment, Transport } from '../clock/transport.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Jam } from '../jam/jam.ts'
import type { Timers } from '../net/timers.ts'
import { MS_PER_MINUTE } from '../sequence/time.ts'
import type { Engine, FrameSegment, FrameTempo } from '../sound/engine-types.ts'
import { toFrameSteps } from '../sound/frame-steps.ts'
import { toFrameSegment } from '../sound/frame-tempo.ts'
import type { AudioOutput } from './audio-output.ts'

/** How often the audio's own clock is read and the tempo map given anew: drift in between stays below a sample. */
const REFRESH_MS = 100

/**
 * What is written becomes what is heard: song and transport to the engine, shared time to audio frames.
 *
 * @param silenced  while true nothing of the song is played, whatever the transport says
 */
export function createPlayer(
  jam: Pick<Jam, 'song' | 'transport' | 'clock'>,
  output: AudioOutput,
  timers: Timers,
  silenced: Live<boolean>,
): { readonly close: Undo } {
  const scope = createScope()
  const map = createAudioMap(output.sampleRate)
  let engine: Engine | undefined

  const frameAt = (sharedMs: number): number | undefined =>
    map.frameAt(jam.clock.localMsAt(sharedMs))
  const sendTempo = (): void => {
    if (engine === undefined) return
    const nowMs = jam.clock.sharedMsAt(timers.now())
    const transport = silenced.read() ? initialTransport('') : jam.transport.read()
    const tempo = toFrames(transport, nowMs, frameAt)
    if (tempo !== undefined) engine.setTempo(tempo)
  }
  /** @param anew whether also when the engine has them already */
  const sendSteps = (anew: boolean): void => {
    const steps = toFrameSteps(jam.song.read(), jam.clock.sessionId(), frameAt)
    if (anew || steps.change !== undefined) engine?.setSteps(steps)
  }
  const refresh = (): void => {
    const reading = output.readTimestamp()
    if (reading !== undefined) map.add(reading)
    sendTempo()
    sendSteps(false)
  }
  const sendSong = (): void => {
    sendSteps(true)
    engine?.setSong(jam.song.read())
  }
  const takeEngine = (next: Engine | undefined): void => {
    engine = next
    sendSong()
    refresh()
  }

  scope.own(jam.song.subscribe(sendSong))
  scope.own(jam.transport.subscribe(sendTempo))
  scope.own(silenced.subscribe(sendTempo))
  scope.own(
    jam.clock.onChange(() => {
      sendTempo()
      sendSteps(true)
    }),
  )
  scope.own(output.state.subscribe(refresh))
  scope.own(output.engine.subscribe(takeEngine))
  scope.own(timers.every(REFRESH_MS, refresh))
  takeEngine(output.engine.read())
  return { close: scope.close }
}

/**
 * The transport in audio frames, written down at the present so that an error of the clocks' rate does not grow with
 * the age of the song; of a glide, what is left of it.
 *
 * @returns undefined before anything is known of the audio's clock
 */
export function toFrames(
  transport: Transport,
  nowMs: number,
  frameAt: (sharedMs: number) => number | undefined,
): FrameTempo | undefined {
  const toSegment = (segment: Segment, playing: boolean): FrameSegment | undefined => {
    const beatMs = MS_PER_MINUTE / segment.bpm
    const frame = frameAt(segment.sharedMs)
    const oneBeatOn = frameAt(segment.sharedMs + beatMs)
    return frame === undefined || oneBeatOn === undefined
      ? undefined
      : toFrameSegment(segment, playing, {
          frameAt: () => frame,
          framesPerMs: (oneBeatOn - frame) / beatMs,
        })
  }
  const now = presentAt(transport, nowMs)
  const present = toSegment(now, now.playing)
  const { next } = transport
  if (present === undefined || next === undefined || next.sharedMs <= nowMs) {
    return present && [present]
  }
  const coming = toSegment(next, next.playing)
  return coming === undefined ? [present] : [present, coming]
}
