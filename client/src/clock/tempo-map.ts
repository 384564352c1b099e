import { INITIAL_BPM, MAX_BPM, MIN_BPM, type Bpm } from '../sequence/time.ts'
import { beatIn, bpmIn, lastBpmOf, timeIn, writtenAt } from './segment.ts'
import { MAX_GLIDE_BEATS, type Glide, type Segment, type Transport } from './transport.ts'

/** A stop falls on a sixteenth: the finest grid that a song is written on. */
const STEPS_PER_BEAT = 4
/** Rounding may put a moment that is on the grid behind it by so little. */
const ON_GRID = 1e-6

type PlayedSegment = Segment & { readonly playing: boolean }

/** How a tempo is to come. */
export interface TempoChange {
  /** Over how many beats it glides there while the song plays, 0 to 64; at once with 0. */
  readonly glideBeats?: number
  /** Whether it waits for a whole beat; true unless given. */
  readonly onBeat?: boolean
}

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

/** The segment in force, written down at this moment: of a glide that has begun what is left of it. */
export function presentAt(transport: Transport, sharedMs: number): PlayedSegment {
  const segment = segmentAt(transport, sharedMs)
  if (segment.playing) return { ...writtenAt(segment, sharedMs), playing: true }
  return { beat: segment.beat, sharedMs, bpm: segment.bpm, playing: false }
}

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

/** Whether it plays, and how fast in the end, by what was last asked for, even if that begins a moment from now. */
export function lastAsked(transport: Transport): { readonly playing: boolean; readonly bpm: Bpm } {
  const last = transport.next ?? { ...transport.current, playing: transport.playing }
  return { playing: last.playing, bpm: lastBpmOf(last) }
}

/**
 * Begins the song `leadMs` from now, so that everybody has heard of it by then. What already plays, or is about to,
 * stays as it is; a stop that has not come yet is taken back.
 *
 * @param countInBeats  so many beats are counted first: the song begins at the beat below 0, and nothing of it sounds
 *                      before beat 0
 */
export function withPlay(
  transport: Transport,
  nowMs: number,
  leadMs: number,
  by: string,
  countInBeats = 0,
): Transport {
  if (lastAsked(transport).playing) return transport
  const { bpm } = lastAsked(transport)
  const current = segmentAt(transport, nowMs)
  if (current.playing) {
    // A stop that lies ahead may carry a tempo that was asked for meanwhile.
    const resumed = written(transport, current, undefined, by)
    return bpm === lastBpmOf(current) ? resumed : withTempo(resumed, bpm, nowMs, leadMs, by)
  }
  const begin = { beat: 0 - countInBeats, sharedMs: nowMs + leadMs, bpm, playing: true }
  return written(transport, current, begin, by)
}

/**
 * Stops the song on the first sixteenth that begins `leadMs` from now or later; at once with a lead of 0. A start that
 * has not come yet is taken back.
 */
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
    const beat = beatAtOrAfter(current, nowMs + leadMs, STEPS_PER_BEAT)
    const end = { beat, sharedMs: timeIn(current, beat), bpm, playing: false }
    return written(transport, current, end, by)
  }
  const stood = { beat: beatAt(transport, nowMs), sharedMs: nowMs, bpm, playing: false }
  return written(transport, stood, undefined, by)
}

/**
 * Changes the tempo: while playing on the first beat that begins `leadMs` from now or later, while stopped at once. A
 * change that has not come yet is replaced, at its own moment when that is far enough ahead; a start or a stop that has
 * not come yet stays where it is. During a glide the next one begins at the tempo of its moment.
 *
 * @param bpm clamped into 40 to 240
 */
export function withTempo(
  transport: Transport,
  bpm: Bpm,
  nowMs: number,
  leadMs: number,
  by: string,
  { glideBeats = 0, onBeat = true }: TempoChange = {},
): Transport {
  const tempo = Math.min(MAX_BPM, Math.max(MIN_BPM, bpm))
  if (!Number.isFinite(tempo) || tempo === lastAsked(transport).bpm) return transport
  const current = segmentAt(transport, nowMs)
  const pending = pendingAt(transport, nowMs)
  if (pending !== undefined && pending.playing !== current.playing) {
    return written(transport, current, steady(pending, tempo), by)
  }
  if (!current.playing) {
    return written(transport, steady({ ...current, sharedMs: nowMs }, tempo), undefined, by)
  }
  const soonestMs = nowMs + leadMs
  const beat = onBeat ? beatAtOrAfter(current, soonestMs, 1) : beatIn(current, soonestMs)
  const sharedMs = timeIn(current, beat)
  const start = { beat, sharedMs, playing: true }
  const change =
    glideBeats > 0
      ? { ...start, bpm: bpmIn(current, sharedMs), glide: glideTo(tempo, glideBeats) }
      : { ...start, bpm: tempo }
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

/** The first beat, in parts of 1 / `partsPerBeat`, that begins at a moment or later. */
const beatAtOrAfter = (segment: Segment, sharedMs: number, partsPerBeat: number): number =>
  Math.ceil(beatIn(segment, sharedMs) * partsPerBeat - ON_GRID) / partsPerBeat

const glideTo = (bpm: Bpm, beats: number): Glide => ({
  bpm,
  beats: Math.min(MAX_GLIDE_BEATS, beats),
})

/** The same segment at one tempo, without a glide. */
const steady = ({ beat, sharedMs, playing }: PlayedSegment, bpm: Bpm): PlayedSegment => ({
  beat,
  sharedMs,
  bpm,
  playing,
})

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
  const { playing, ...segment } = current
  return {
    v: 1,
    epoch: transport.epoch,
    playing,
    current: segment,
    ...(next === undefined ? {} : { next }),
    by,
    n: transport.n + 1,
  }
}
