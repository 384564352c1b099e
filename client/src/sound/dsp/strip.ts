import type { SynthSound } from '../../sequence/synth-sound.ts'

/** Frames that are computed at a time. */
export const BLOCK = 128
/** Frames for which the filter stands still. */
export const CHUNK = 16
const CHUNKS = BLOCK / CHUNK
const SMOOTHING_SECONDS = 0.005
/** A smoothed value this near its target, relatively, has arrived. */
const ARRIVED = 1e-4
const SETTLED = 1e-9
/** Up to this Q a peak does not get in the way of others. */
const TAME_RESONANCE = 1.5

/** What the voices of one track share: the sound, smoothed, and the bus that they add to. */
export interface Strip {
  sound: SynthSound
  readonly bus: Float64Array
  /** Filter coefficients for each chunk of the block. */
  readonly a1: Float64Array
  readonly a2: Float64Array
  readonly a3: Float64Array
  cutoffHz: number
  resonance: number
  gain: number
  /** Highest absolute sample since it was last set to 0. */
  peak: number
  /** Whether the coefficients stand for the sound as it is. */
  isSettled: boolean
  /** Whether the coefficients of the coming block are computed, since voices sound on this strip. */
  isReady: boolean
}

export function createStrip(sound: SynthSound): Strip {
  return {
    sound,
    bus: new Float64Array(BLOCK),
    a1: new Float64Array(CHUNKS),
    a2: new Float64Array(CHUNKS),
    a3: new Float64Array(CHUNKS),
    cutoffHz: sound.cutoffHz,
    resonance: sound.resonance,
    gain: gainOf(sound),
    peak: 0,
    isSettled: false,
    isReady: false,
  }
}

export function setSound(strip: Strip, sound: SynthSound): void {
  strip.sound = sound
  strip.isSettled = false
}

/** Moves cutoff and resonance towards the sound's, and computes the filter for each chunk of the coming block. */
export function prepare(strip: Strip, sampleRate: number): void {
  if (strip.isReady) return
  strip.isReady = true
  if (strip.isSettled) return
  const { cutoffHz, resonance } = strip.sound
  const share = 1 - Math.exp(-CHUNK / (SMOOTHING_SECONDS * sampleRate))
  strip.isSettled = strip.cutoffHz === cutoffHz && strip.resonance === resonance
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    strip.cutoffHz = approach(strip.cutoffHz, cutoffHz, share)
    strip.resonance = approach(strip.resonance, resonance, share)
    computeFilter(strip, chunk, sampleRate)
  }
}

/** Adds the bus to both sides and empties it; on a strip without voices the sound is taken up at once. */
export function mix(
  strip: Strip,
  left: Float64Array,
  right: Float64Array,
  count: number,
  sampleRate: number,
): void {
  if (!strip.isReady) {
    snap(strip)
    return
  }
  strip.isReady = false
  const { bus } = strip
  const target = gainOf(strip.sound)
  const share = 1 - Math.exp(-1 / (SMOOTHING_SECONDS * sampleRate))
  let { peak } = strip
  let gain = settled(strip.gain, target)
  for (let i = 0; i < count; i++) {
    gain += (target - gain) * share
    const sample = (bus[i] ?? 0) * gain
    left[i] = (left[i] ?? 0) + sample
    right[i] = (right[i] ?? 0) + sample
    peak = Math.max(peak, Math.abs(sample))
    bus[i] = 0
  }
  strip.gain = gain
  strip.peak = peak
}

/** The target, once a smoothed value is so near that going on would lead to the smallest numbers, which are slow. */
export const settled = (value: number, target: number): number =>
  Math.abs(value - target) < SETTLED ? target : value

function snap(strip: Strip): void {
  const { cutoffHz, resonance } = strip.sound
  strip.isSettled &&= strip.cutoffHz === cutoffHz && strip.resonance === resonance
  strip.cutoffHz = cutoffHz
  strip.resonance = resonance
  strip.gain = gainOf(strip.sound)
}

/** A resonant peak is as high as Q; half of that, in decibels, is taken back, so that a turn of the knob is no leap. */
const gainOf = ({ volume, resonance }: SynthSound): number =>
  volume / Math.sqrt(Math.max(1, resonance / TAME_RESONANCE))

/** Low-pass of a trapezoidal state variable filter (Simper, "Linear Trapezoidal Integrated SVF", 2013). */
function computeFilter(strip: Strip, chunk: number, sampleRate: number): void {
  const cutoff = Math.min(strip.cutoffHz, 0.45 * sampleRate)
  const g = Math.tan((Math.PI * cutoff) / sampleRate)
  const a1 = 1 / (1 + g * (g + 1 / strip.resonance))
  strip.a1[chunk] = a1
  strip.a2[chunk] = g * a1
  strip.a3[chunk] = g * g * a1
}

function approach(value: number, target: number, share: number): number {
  const next = value * Math.pow(target / value, share)
  return Math.abs(next - target) <= ARRIVED * target ? target : next
}
