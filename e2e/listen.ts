import { spreadOf } from './stats.ts'

/** What a page sent to its loudspeaker for a while, with the times that tie its frames to the wall clock. */
export interface Recording {
  readonly sampleRate: number
  /** The context's frame at which `pcm` begins. */
  readonly firstFrame: number
  /** Mono, 1 is full scale. */
  readonly pcm: Float32Array
  /** The same moments on two clocks: audio seconds of the context, and wall clock milliseconds. */
  readonly moments: readonly (readonly [audioSeconds: number, wallMs: number])[]
}

/** A note as it was heard. */
export interface HeardNote {
  /** Frame of `pcm` at which it rises out of what was there. */
  readonly frame: number
  readonly wallMs: number
  /** Nearest MIDI pitch of the strongest periodicity; undefined when there is none. */
  readonly pitch: number | undefined
}

const SILENT_BELOW = 0.001
/** A rise counts when it goes this many times above the loudest of the moment before … */
const RISE_RATIO = 3
/** … and above this share of the loudest of all. */
const RISE_SHARE = 0.1
const HOP_SECONDS = 0.001
/** The moment before: long enough for the period of a low note, and over before a soft attack begins. */
const BEFORE_SECONDS = 0.014
const ATTACK_SECONDS = 0.006
const REFRACTORY_SECONDS = 0.06
const PITCH_AFTER_SECONDS = 0.012
const PITCH_WINDOW_SECONDS = 0.06
const NEARBY_SECONDS = 0.5
const LOWEST_HZ = 60
const HIGHEST_HZ = 2000
/** What the search for a pitch looks at: its window, and the longest period beyond. */
const JUDGING_SECONDS = PITCH_AFTER_SECONDS + PITCH_WINDOW_SECONDS + 1 / LOWEST_HZ + HOP_SECONDS
/** How much of a perfect repetition the difference may miss and still count as a pitch. */
const PITCH_THRESHOLD = 0.2

export const peakOf = (pcm: Float32Array): number =>
  pcm.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)

export const isSilent = (pcm: Float32Array): boolean => peakOf(pcm) < SILENT_BELOW

/** Every note that begins after the recording's first moments and soon enough before its end to be judged, in order. */
export function notesIn(recording: Recording): readonly HeardNote[] {
  const { sampleRate, firstFrame, pcm } = recording
  const lastFrame = pcm.length - Math.ceil(JUDGING_SECONDS * sampleRate)
  const judged = onsetsIn(pcm, sampleRate).filter((frame) => frame < lastFrame)
  return judged.map((frame) => ({
    frame,
    wallMs: wallMsAt((firstFrame + frame) / sampleRate, recording.moments),
    pitch: pitchAt(pcm, frame + Math.round(PITCH_AFTER_SECONDS * sampleRate), sampleRate),
  }))
}

/**
 * The wall clock at a moment of the audio, by the readings around it: a sound card that stalls for a moment puts all
 * readings before and after on different lines.
 */
function wallMsAt(audioSeconds: number, moments: Recording['moments']): number {
  const nearby = moments.filter(([seconds]) => Math.abs(seconds - audioSeconds) < NEARBY_SECONDS)
  const used = nearby.length > 0 ? nearby : moments
  const { p50 } = spreadOf(used.map(([seconds, wallMs]) => wallMs - seconds * 1000))
  return p50 + audioSeconds * 1000
}

/** Frames at which sound rises out of silence or of something much quieter. */
export function onsetsIn(pcm: Float32Array, sampleRate: number): readonly number[] {
  const hop = Math.round(HOP_SECONDS * sampleRate)
  const levels = levelsOf(pcm, hop)
  const before = Math.round(BEFORE_SECONDS / HOP_SECONDS)
  const attack = Math.round(ATTACK_SECONDS / HOP_SECONDS)
  const refractory = Math.round(REFRACTORY_SECONDS / HOP_SECONDS)
  const floor = Math.max(SILENT_BELOW, RISE_SHARE * Math.max(0, ...levels))
  const onsets: number[] = []
  for (let index = before; index < levels.length; index++) {
    const past = Math.max(...levels.slice(index - before, index - attack))
    const threshold = Math.max(floor, RISE_RATIO * past)
    if ((levels[index] ?? 0) < threshold) continue
    onsets.push(firstHalfway(pcm, (index - attack) * hop, (index + before) * hop))
    index += refractory
  }
  return onsets
}

function levelsOf(pcm: Float32Array, hop: number): readonly number[] {
  const count = Math.floor(pcm.length / hop)
  return Array.from({ length: count }, (_, index) =>
    peakOf(pcm.subarray(index * hop, (index + 1) * hop)),
  )
}

/** Frame at which the sound first reaches half of its peak: the same in every recording of the same note. */
function firstHalfway(pcm: Float32Array, from: number, to: number): number {
  const half = peakOf(pcm.subarray(from, to)) / 2
  let frame = from
  while (frame < to && Math.abs(pcm[frame] ?? 0) < half) frame++
  return frame
}

/**
 * The pitch that sounds from a frame on, as the nearest MIDI number.
 *
 * @see A. de Cheveigné and H. Kawahara, YIN, a fundamental frequency estimator for speech and music, JASA 111 (2002)
 */
export function pitchAt(pcm: Float32Array, from: number, sampleRate: number): number | undefined {
  const window = Math.round(PITCH_WINDOW_SECONDS * sampleRate)
  const longest = Math.ceil(sampleRate / LOWEST_HZ)
  const shortest = Math.floor(sampleRate / HIGHEST_HZ)
  const part = pcm.subarray(from, from + window + longest + 1)
  if (part.length < window + longest || isSilent(part)) return undefined
  const difference = normalisedDifference(part, window, longest)
  const lag = firstDip(difference, shortest, longest)
  if (lag === undefined) return undefined
  return Math.round(69 + 12 * Math.log2(sampleRate / refined(difference, lag) / 440))
}

/** How badly the window fits itself shifted by each lag, relative to the mean over the smaller lags; 1 at lag 0. */
function normalisedDifference(part: Float32Array, window: number, longest: number): Float64Array {
  const result = new Float64Array(longest + 1)
  result[0] = 1
  let running = 0
  for (let lag = 1; lag <= longest; lag++) {
    let sum = 0
    for (let index = 0; index < window; index++) {
      sum += ((part[index] ?? 0) - (part[index + lag] ?? 0)) ** 2
    }
    running += sum
    result[lag] = running === 0 ? 1 : (sum * lag) / running
  }
  return result
}

function firstDip(difference: Float64Array, shortest: number, longest: number): number | undefined {
  for (let lag = Math.max(2, shortest); lag < longest; lag++) {
    const here = difference[lag] ?? 1
    if (here < PITCH_THRESHOLD && here <= (difference[lag + 1] ?? 1)) return lag
  }
  return undefined
}

/** The bottom of the parabola through a dip and its neighbours. */
function refined(difference: Float64Array, lag: number): number {
  const left = difference[lag - 1] ?? 0
  const here = difference[lag] ?? 0
  const right = difference[lag + 1] ?? 0
  const bend = left - 2 * here + right
  return bend === 0 ? lag : lag + (left - right) / (2 * bend)
}
