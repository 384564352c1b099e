import type { FilterMode } from '../../sequence/synth-sound.ts'
import { pitchToHz } from './tuning.ts'

/** Two integrators of a side: low and band of the first pair of poles at 0 and 1, of the second at 2 and 3. */
export type FilterState = Float64Array

/**
 * What makes a state variable filter, for some samples. Kept in a record: numbers handed over one by one would be
 * objects. With x the input, the integrators go on to `band * keep + pass * (x - low)` and to
 * `low + pass * band + follow * (x - low)`: fewer steps after each other than the usual form has, and the same filter.
 */
export interface FilterShape {
  keep: number
  pass: number
  follow: number
  /** How much is heard of the input, and of each integrator before and after added up. */
  input: number
  band: number
  low: number
}

export const createFilterShape = (): FilterShape => ({
  keep: 0,
  pass: 0,
  follow: 0,
  input: 0,
  band: 0,
  low: 0.5,
})

/** Where the tangents lie that a cutoff stands for: MIDI pitch, in eighths of a semitone. */
const LOWEST_PITCH = 8
const HIGHEST_PITCH = 142
const STEPS_A_SEMITONE = 8
/** Of the sample rate; nearer to a half the filter would be bent too much. */
export const HIGHEST_SHARE = 0.45
/** Q of the first two of four poles: with that of the others at 1.3 they make a Butterworth filter. */
export const FIRST_Q = 0.54
/** States below this are silence; processors slow down on numbers near the smallest. */
const SILENT = 1e-15

/** The prewarped gain of an integrator for each pitch. */
export function createTangents(sampleRate: number): Float64Array {
  const count = (HIGHEST_PITCH - LOWEST_PITCH) * STEPS_A_SEMITONE + 1
  return Float64Array.from({ length: count }, (_, step) => {
    const pitch = LOWEST_PITCH + step / STEPS_A_SEMITONE
    return Math.tan(Math.PI * Math.min(HIGHEST_SHARE, pitchToHz(pitch) / sampleRate))
  })
}

/**
 * Shapes the trapezoidal state variable filter (Simper, "Linear Trapezoidal Integrated SVF", 2013).
 *
 * @param cutoff  MIDI pitch, fractional, of whatever size
 * @param resonance  Q
 */
export function shapeFilter(
  shape: FilterShape,
  tangents: Float64Array,
  mode: FilterMode,
  cutoff: number,
  resonance: number,
): void {
  const last = tangents.length - 1
  const place = Math.min(last - 1e-6, Math.max(0, (cutoff - LOWEST_PITCH) * STEPS_A_SEMITONE))
  const step = place | 0
  const below = tangents[step] ?? 0
  const g = below + (place - step) * ((tangents[step + 1] ?? 0) - below)
  bendShape(shape, mode, g, 1 / resonance)
}

/** @param g  prewarped gain of an integrator @param k  1 / Q */
export function bendShape(shape: FilterShape, mode: FilterMode, g: number, k: number): void {
  const share = 2 / (1 + g * (g + k))
  shape.keep = share - 1
  shape.pass = g * share
  shape.follow = g * shape.pass
  shape.input = mode === 'highpass' || mode === 'notch' ? 1 : 0
  shape.band = mode === 'lowpass' ? 0 : mode === 'bandpass' ? k / 2 : -k / 2
  shape.low = mode === 'lowpass' ? 0.5 : mode === 'highpass' ? -0.5 : 0
}

/** Filters samples in place. @param at  of its two integrators in the state */
export function filter(
  shape: FilterShape,
  state: FilterState,
  at: number,
  samples: Float64Array,
  from: number,
  to: number,
): void {
  const { keep, pass, follow, input, band: bandShare, low: lowShare } = shape
  let low = state[at] ?? 0
  let band = state[at + 1] ?? 0
  for (let i = from; i < to; i++) {
    const sample = samples[i] ?? 0
    const rest = sample - low
    const nextBand = keep * band + pass * rest
    const nextLow = low + pass * band + follow * rest
    samples[i] = input * sample + bandShare * (band + nextBand) + lowShare * (low + nextLow)
    band = nextBand
    low = nextLow
  }
  state[at] = low
  state[at + 1] = band
}

/** Takes what is too small to be heard, and what is no number, for silence. @returns whether all were numbers */
export function settleFilter(state: FilterState): boolean {
  let isSane = true
  for (let at = 0; at < state.length; at++) {
    const value = state[at] ?? 0
    if (!Number.isFinite(value)) isSane = false
    if (!(Math.abs(value) >= SILENT)) state[at] = 0
  }
  if (!isSane) state.fill(0)
  return isSane
}
