import { INITIAL_BPM, MAX_BPM, MIN_BPM, MS_PER_MINUTE, type Bpm } from '../sequence/time.ts'
import type { Segment, Transport } from './transport.ts'

/** Tempo changes fall on sixteenths: the finest grid that a song is written on. */
const STEPS_PER_BEAT = 4

type PlayedSegment = Segment & { readonly playing: boolean }

/** The transport of a song that nobody has played yet: stopped at beat 0. */
export const initialTransport = (epoch: string): Transport => ({
  v: 1,
  epoch,
  playing: false,
  current: { beat: 0, sharedMs: 0, bpm: INITIAL_BPM },
  by: '',
  n: 0,
})

/** The segment in force at a moment: `next` from its own `sharedMs` on, `current` before it. */
export function segmentAt(transport: Transport, sharedMs: number): PlayedSegment {
  const { current, next, playing } = transport
  if (next !== undefined && sharedMs >= next.sharedMs) return next
  return { ...current, playing }
}

export const isPlayingAt = (transport: Transport, sharedMs: number): boolean =>
  segmentAt(transport, sharedMs).playing

/** The song's position in beats, with fraction; it stands still while stopped. */
export function beatAt(transport: Transport, sharedMs: number): number {
  const segment = segmentAt(transport, sharedMs)
  return segment.playing ? beatIn(segment, sharedMs) : segment.beat
}

/** The first moment at which the playing song stands at `beat` or beyond; undefined when it never gets there. */
export function timeAt(transport: Transport, beat: number): number | undefined {
  const { current, next, playing } = transport
  if (playing) {
    const sharedMs = timeIn(current, beat)
    if (next === undefined || sharedMs < next.sharedMs) return sharedMs
  }
  if (next?.playing !== true) return undefined
  return Math.max(next.sharedMs, timeIn(next, beat))
}

/** Whether it plays, and how fast, by what was last asked for, even if that begins a moment from now. */
export function lastAsked(transport: Transport): { readonly playing: boolean; readonly bpm: Bpm } {
  const { playing, bpm } = transport.next ?? { ...transport.current, playing: transport.playing }
  return { playing, bpm }
}

/**
 * Begins the song at beat 0, `leadMs` from now, so that everybody has heard of it by then. What already plays, or is
 * about to, stays as it is; a stop that has not come yet is taken back.
 */
export function withPlay(
  transport: Transport,
  nowMs: number,
  leadMs: number,
  by: string,
): Transport {
  if (lastAsked(transport).playing) return transport
  const { bpm } = lastAsked(transport)
  const current = segmentAt(transport, nowMs)
  if (current.playing) {
    // A stop that lies ahead may carry a tempo that was asked for meanwhile.
    const resumed = written(transport, current, undefined, by)
    return bpm === current.bpm ? resumed : withTempo(resumed, bpm, nowMs, leadMs, by)
  }
  const begin = { beat: 0, sharedMs: nowMs + leadMs, bpm, playing: true }
  return written(transport, current, begin, by)
}

/** Stops the song `leadMs` from now; at once with a lead of 0. A start that has not come yet is taken back. */
export function withStop(
  transport: Transport,
  nowMs: number,
  leadMs: number,
  by: string,
): Transport {
  const { playing, bpm } = lastAsked(transport)
  if (!playing) return transport
  const current = segmentAt(transport, nowMs)
  if (current.playing && leadMs > 0) {
    const sharedMs = nowMs + leadMs
    const end = { beat: beatIn(current, sharedMs), sharedMs, bpm, playing: false }
    return written(transport, current, end, by)
  }
  const stood = { beat: beatAt(transport, nowMs), sharedMs: nowMs, bpm, playing: false }
  return written(transport, stood, undefined, by)
}

/**
 * Changes the tempo: while playing on the first sixteenth that begins `leadMs` from now or later, while stopped at once.
 * A change that has not come yet is replaced, at its own moment when that is far enough ahead; a start or a stop that
 * has not come yet stays where it is.
 *
 * @param bpm clamped into 40 to 240
 */
export function withTempo(
  transport: Transport,
  bpm: Bpm,
  nowMs: number,
  leadMs: number,
  by: string,
): Transport {
  const tempo = Math.min(MAX_BPM, Math.max(MIN_BPM, bpm))
  if (!Number.isFinite(tempo) || tempo === lastAsked(transport).bpm) return transport
  const current = segmentAt(transport, nowMs)
  const pending = pendingAt(transport, nowMs)
  if (pending !== undefined && pending.playing !== current.playing) {
    return written(transport, current, { ...pending, bpm: tempo }, by)
  }
  if (!current.playing) {
    return written(transport, { ...current, sharedMs: nowMs, bpm: tempo }, undefined, by)
  }
  const beat = Math.ceil(beatIn(current, nowMs + leadMs) * STEPS_PER_BEAT) / STEPS_PER_BEAT
  const change = { beat, sharedMs: timeIn(current, beat), bpm: tempo, playing: true }
  return written(transport, current, change, by)
}

/** The same motion written in the shared time of another clock session, `deltaMs` ahead of the former one. */
export function rebased(transport: Transport, deltaMs: number, epoch: string): Transport {
  const { current, next } = transport
  return {
    ...transport,
    epoch,
    current: { ...current, sharedMs: current.sharedMs + deltaMs },
    ...(next === undefined ? {} : { next: { ...next, sharedMs: next.sharedMs + deltaMs } }),
  }
}

const beatIn = (segment: Segment, sharedMs: number): number =>
  segment.beat + ((sharedMs - segment.sharedMs) * segment.bpm) / MS_PER_MINUTE

const timeIn = (segment: Segment, beat: number): number =>
  segment.sharedMs + ((beat - segment.beat) * MS_PER_MINUTE) / segment.bpm

function pendingAt(transport: Transport, nowMs: number): PlayedSegment | undefined {
  const { next } = transport
  return next !== undefined && nowMs < next.sharedMs ? next : undefined
}

function written(
  transport: Transport,
  current: PlayedSegment,
  next: PlayedSegment | undefined,
  by: string,
): Transport {
  return {
    v: 1,
    epoch: transport.epoch,
    playing: current.playing,
    current: { beat: current.beat, sharedMs: current.sharedMs, bpm: current.bpm },
    ...(next === undefined ? {} : { next }),
    by,
    n: transport.n + 1,
  }
}
