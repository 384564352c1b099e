import { beatAt, initialTransport, segmentAt } from '../clock/tempo-map.ts'
import type { Transport } from '../clock/transport.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Jam } from '../jam/jam.ts'
import type { Timers } from '../net/timers.ts'
import { MS_PER_MINUTE } from '../sequence/time.ts'
import type { Engine, FrameSegment, FrameTempo } from '../sound/engine-types.ts'
import { isSameMotion } from '../sound/frame-tempo.ts'
import type { AudioOutput } from './audio-output.ts'
import type { SpeakerClock } from './speaker-clock.ts'

export interface PlayerOptions {
  readonly jam: Pick<Jam, 'song' | 'transport'> & {
    readonly clock: Pick<Jam['clock'], 'sharedMsAt'>
  }
  readonly output: Pick<AudioOutput, 'engine'>
  readonly speaker: Pick<SpeakerClock, 'frameAt' | 'onChange'>
  readonly timers: Pick<Timers, 'now'>
  /** While true nothing of the song is played, whatever the transport says. */
  readonly silenced: Live<boolean>
}

/** The same motion is told again after so long, for whatever may have got lost. */
const REPEAT_MS = 5000
const STILL: FrameTempo = [{ frame: 0, beat: 0, framesPerBeat: 24_000, playing: false }]

/**
 * What is written becomes what is heard: song and transport to the engine, shared time to audio frames. The engine plays
 * on by the last tempo map that it was given, and hears of another one only when that moves a note.
 */
export function createPlayer(options: PlayerOptions): { readonly close: Undo } {
  const { jam, output, speaker, timers, silenced } = options
  const scope = createScope()
  let engine: Engine | undefined
  let sent: FrameTempo | undefined
  let sentMs = -Infinity

  const tempoNow = (): FrameTempo => {
    const nowMs = jam.clock.sharedMsAt(timers.now())
    const transport = silenced.read() ? initialTransport('') : jam.transport.read()
    // While the audio stands still nothing is known of it; it must not wake up in a place that is past.
    return toFrames(transport, nowMs, speaker.frameAt) ?? STILL
  }
  const sendTempo = (): void => {
    if (engine === undefined) return
    const tempo = tempoNow()
    const isFresh = timers.now() - sentMs < REPEAT_MS
    if (isFresh && sent !== undefined && isSameMotion(sent, tempo)) return
    sent = tempo
    sentMs = timers.now()
    engine.setTempo(tempo)
  }
  const takeEngine = (next: Engine | undefined): void => {
    engine = next
    sent = undefined
    engine?.setSong(jam.song.read())
    sendTempo()
  }

  scope.own(jam.song.subscribe((song) => engine?.setSong(song)))
  scope.own(jam.transport.subscribe(sendTempo))
  scope.own(silenced.subscribe(sendTempo))
  scope.own(speaker.onChange(sendTempo))
  scope.own(output.engine.subscribe(takeEngine))
  takeEngine(output.engine.read())
  return { close: scope.close }
}

/**
 * The transport in audio frames, written down at the present so that an error of the clocks' rate does not grow with
 * the age of the song.
 *
 * @returns undefined before anything is known of the audio's clock
 */
export function toFrames(
  transport: Transport,
  nowMs: number,
  frameAt: (sharedMs: number) => number | undefined,
): FrameTempo | undefined {
  const toSegment = (
    sharedMs: number,
    beat: number,
    bpm: number,
    playing: boolean,
  ): FrameSegment | undefined => {
    const beatMs = MS_PER_MINUTE / bpm
    const frame = frameAt(sharedMs)
    const oneBeatOn = frameAt(sharedMs + beatMs)
    return frame === undefined || oneBeatOn === undefined
      ? undefined
      : { frame, beat, framesPerBeat: oneBeatOn - frame, playing }
  }
  const { bpm, playing } = segmentAt(transport, nowMs)
  const present = toSegment(nowMs, beatAt(transport, nowMs), bpm, playing)
  const { next } = transport
  if (present === undefined || next === undefined || next.sharedMs <= nowMs) {
    return present && [present]
  }
  const coming = toSegment(next.sharedMs, next.beat, next.bpm, next.playing)
  return coming === undefined ? [present] : [present, coming]
}
