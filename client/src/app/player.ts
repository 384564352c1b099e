import { initialTransport, presentAt } from '../clock/tempo-map.ts'
import type { Segment, Transport } from '../clock/transport.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Jam } from '../jam/jam.ts'
import type { Timers } from '../net/timers.ts'
import type { Moment, Song } from '../sequence/song.ts'
import { MS_PER_MINUTE } from '../sequence/time.ts'
import type { Engine, FrameSegment, FrameSteps, FrameTempo } from '../sound/engine-types.ts'
import type { FrameDrop } from '../sound/dsp/drop-gate.ts'
import {
  areSameLaunches,
  isSameDrop,
  toFrameDrop,
  toFrameLaunches,
  type FrameLaunches,
} from '../sound/frame-launches.ts'
import { areSameSteps, toFrameSteps } from '../sound/frame-steps.ts'
import { isSameMotion, toFrameSegment } from '../sound/frame-tempo.ts'
import { isSameStepBack, toStepBack, type StepBack } from '../sound/step-back.ts'
import type { AudioOutput } from './audio-output.ts'
import type { SpeakerClock } from './speaker-clock.ts'

/** A whole song that everybody is to hear from one moment on. */
export interface ComingSong {
  readonly song: Song
  readonly moment: Moment
}

export interface Player {
  /** What the engine was told last of how the song moves; undefined before that. */
  readonly tempo: Live<FrameTempo | undefined>
  readonly close: Undo
}

export interface PlayerOptions {
  /** As this person hears it. */
  readonly song: Live<Song>
  readonly jam: Pick<Jam, 'transport'> & {
    readonly clock: Pick<Jam['clock'], 'sharedMsAt' | 'sessionId'>
  }
  readonly output: Pick<AudioOutput, 'engine'>
  readonly speaker: Pick<SpeakerClock, 'frameAt' | 'onChange'>
  readonly timers: Pick<Timers, 'now'>
  /** To be taken away when `song` has become it, or never will. */
  readonly coming: Live<ComingSong | undefined>
  /** While true nothing of the song is played, whatever the transport says. */
  readonly silenced: Live<boolean>
}

/** What the engine was told last; what is left out is told anew. */
interface Sent {
  steps?: FrameSteps
  launches?: FrameLaunches
  drop?: FrameDrop | undefined
  origin?: number
}

/** The same motion is told again after so long, for whatever may have got lost. */
const REPEAT_MS = 5000
/** So long before another song comes the engine is left alone: what it is told of this one might arrive after that. */
const HOLD_MS = 60
/** Frames by which what swings by itself may be off. */
const SAME_ORIGIN = 100
const STILL: FrameTempo = [{ frame: 0, beat: 0, framesPerBeat: 24_000, playing: false }]

/**
 * What is written becomes what is heard: song and transport to the engine, shared time to audio frames. The engine plays
 * on by the last tempo map that it was given, and hears of another one only when that moves a note.
 */
export function createPlayer(options: PlayerOptions): Player {
  const { song, jam, output, speaker, timers, silenced, coming } = options
  const scope = createScope()
  let engine: Engine | undefined
  const told = createLive<FrameTempo | undefined>(undefined)
  let sentMs = -Infinity
  let sent: Sent = {}
  let awaited: ComingSong | undefined
  let stepping: StepBack | undefined

  const nowMs = (): number => jam.clock.sharedMsAt(timers.now())
  const tempoNow = (): FrameTempo => {
    const transport = silenced.read() ? initialTransport('') : jam.transport.read()
    // While the audio stands still nothing is known of it; it must not wake up in a place that is past.
    return toFrames(transport, nowMs(), speaker.frameAt) ?? STILL
  }
  const sendTempo = (): void => {
    if (engine === undefined) return
    const tempo = tempoNow()
    const before = told.read()
    const isFresh = timers.now() - sentMs < REPEAT_MS
    if (isFresh && before !== undefined && isSameMotion(before, tempo)) return
    told.set(tempo)
    sentMs = timers.now()
    engine.setTempo(tempo)
  }
  const sendSteps = (): void => {
    if (engine === undefined) return
    const steps = toFrameSteps(song.read(), jam.clock.sessionId(), speaker.frameAt)
    if (sent.steps !== undefined && areSameSteps(sent.steps, steps)) return
    sent.steps = steps
    engine.setSteps(steps)
  }
  const sendMoments = (): void => {
    if (engine === undefined) return
    const epoch = jam.clock.sessionId()
    const launches = toFrameLaunches(song.read(), epoch, speaker.frameAt)
    if (sent.launches === undefined || !areSameLaunches(sent.launches, launches)) {
      sent.launches = launches
      engine.setLaunches(launches)
    }
    const drop = toFrameDrop(song.read(), epoch, speaker.frameAt)
    if (isSameDrop(sent.drop, drop)) return
    sent.drop = drop
    engine.setDrop(drop)
  }
  const sendStepBack = (): void => {
    const stepBack = toStepBack(song.read())
    if (engine === undefined || isSameStepBack(stepping, stepBack)) return
    stepping = stepBack
    engine.setStepBack(stepBack)
  }
  const sendOrigin = (): void => {
    const frame = speaker.frameAt(0)
    if (frame === undefined || Math.abs(frame - (sent.origin ?? Infinity)) < SAME_ORIGIN) return
    sent.origin = frame
    engine?.setOrigin(frame)
  }
  const isHeld = (): boolean =>
    awaited?.moment.epoch === jam.clock.sessionId() && nowMs() >= awaited.moment.sharedMs - HOLD_MS
  const sendComing = (): void => {
    if (awaited === undefined || isHeld()) return
    const isNow = awaited.moment.epoch === jam.clock.sessionId()
    const frame = isNow ? speaker.frameAt(awaited.moment.sharedMs) : undefined
    engine?.setComing(frame === undefined ? undefined : { frame, song: awaited.song })
  }
  const takeComing = (next: ComingSong | undefined): void => {
    const hasCome = isHeld()
    awaited = next
    if (next !== undefined) {
      sendComing()
      return
    }
    if (hasCome) engine?.takeComing()
    else engine?.setComing(undefined)
    sent = {}
    sendSong()
  }
  const sendSong = (): void => {
    if (isHeld()) return
    sendSteps()
    sendMoments()
    sendStepBack()
    engine?.setSong(song.read())
  }
  const takeEngine = (next: Engine | undefined): void => {
    engine = next
    told.set(undefined)
    sent = {}
    stepping = undefined
    sendOrigin()
    sendSong()
    sendComing()
    sendTempo()
  }

  scope.own(song.subscribe(sendSong))
  scope.own(coming.subscribe(takeComing))
  scope.own(jam.transport.subscribe(sendTempo))
  scope.own(silenced.subscribe(sendTempo))
  scope.own(
    speaker.onChange(() => {
      sendTempo()
      sendOrigin()
      sendComing()
      if (isHeld()) return
      sendSteps()
      sendMoments()
    }),
  )
  scope.own(output.engine.subscribe(takeEngine))
  takeEngine(output.engine.read())
  return { tempo: told, close: scope.close }
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
