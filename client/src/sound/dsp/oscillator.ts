import { valueAt } from './effects/sanity.ts'
import { CYCLE } from './wavetables.ts'

/** Most oscillators that play one waveform together. */
export const MAX_UNISON = 7

/** How the coming samples of one oscillator are. Filled in before each call: numbers handed over one by one would be objects. */
export interface Tone {
  /** Table places a sample, below half of the cycle. */
  step: number
  gain: number
  /** Of the square wave's cycle, 0 to 1. */
  width: number
}

/** Where oscillators stand in their tables, 0 to `CYCLE`. */
export type Phases = Float64Array

/** Adds samples of a table to `out[from]` up to, not with, `out[to]`, and moves phase `index` on. */
export function addWave(
  table: Float32Array,
  out: Float64Array,
  from: number,
  to: number,
  phases: Phases,
  index: number,
  { step, gain }: Tone,
): void {
  let phase = phases[index] ?? 0
  for (let i = from; i < to; i++) {
    phase += step
    if (phase >= CYCLE) phase -= CYCLE
    const place = phase | 0
    const below = table[place] ?? 0
    out[i] = (out[i] ?? 0) + gain * (below + (phase - place) * ((table[place + 1] ?? 0) - below))
  }
  phases[index] = phase
}

/**
 * The same of three at once, at gain 1: together they take half the time that they would take one by one.
 *
 * @param steps  of each oscillator, by its index
 */
export function addThreeWaves(
  table: Float32Array,
  out: Float64Array,
  from: number,
  to: number,
  phases: Phases,
  [first, second, third]: Three,
  steps: Float64Array,
): void {
  const step = valueAt(steps, first)
  const secondStep = valueAt(steps, second)
  const thirdStep = valueAt(steps, third)
  let phase = valueAt(phases, first)
  let secondPhase = valueAt(phases, second)
  let thirdPhase = valueAt(phases, third)
  for (let i = from; i < to; i++) {
    phase += step
    if (phase >= CYCLE) phase -= CYCLE
    secondPhase += secondStep
    if (secondPhase >= CYCLE) secondPhase -= CYCLE
    thirdPhase += thirdStep
    if (thirdPhase >= CYCLE) thirdPhase -= CYCLE
    const place = phase | 0
    const secondPlace = secondPhase | 0
    const thirdPlace = thirdPhase | 0
    const below = tableAt(table, place)
    const secondBelow = tableAt(table, secondPlace)
    const thirdBelow = tableAt(table, thirdPlace)
    const sum =
      below +
      (phase - place) * (tableAt(table, place + 1) - below) +
      (secondBelow +
        (secondPhase - secondPlace) * (tableAt(table, secondPlace + 1) - secondBelow)) +
      (thirdBelow + (thirdPhase - thirdPlace) * (tableAt(table, thirdPlace + 1) - thirdBelow))
    out[i] = valueAt(out, i) + sum
  }
  phases[first] = phase
  phases[second] = secondPhase
  phases[third] = thirdPhase
}

/** Only of one type of array: a function that reads several is slow with each. */
const tableAt = (table: Float32Array, at: number): number => table[at] ?? 0

/** Indices of oscillators. */
export type Three = readonly [number, number, number]

/** The same of a square wave of any width: the difference of two sawtooths, and so without a level of its own. */
export function addPulse(
  sawtooth: Float32Array,
  out: Float64Array,
  from: number,
  to: number,
  phases: Phases,
  index: number,
  { step, gain, width }: Tone,
): void {
  let phase = phases[index] ?? 0
  let other = phase + width * CYCLE
  if (other >= CYCLE) other -= CYCLE
  for (let i = from; i < to; i++) {
    phase += step
    if (phase >= CYCLE) phase -= CYCLE
    other += step
    if (other >= CYCLE) other -= CYCLE
    const place = phase | 0
    const below = sawtooth[place] ?? 0
    const otherPlace = other | 0
    const otherBelow = sawtooth[otherPlace] ?? 0
    const high = below + (phase - place) * ((sawtooth[place + 1] ?? 0) - below)
    const low = otherBelow + (other - otherPlace) * ((sawtooth[otherPlace + 1] ?? 0) - otherBelow)
    out[i] = (out[i] ?? 0) + gain * (high - low)
  }
  phases[index] = phase
}

/** Of any modulation that may come: so many cycles are added, so that a place is never below 0. */
const AHEAD = 64 * CYCLE

/** The same with `bend[i]` table places added to the phase of sample i, within 64 cycles. */
export function addBentWave(
  table: Float32Array,
  out: Float64Array,
  from: number,
  to: number,
  phases: Phases,
  index: number,
  { step, gain }: Tone,
  bend: Float64Array,
): void {
  let phase = phases[index] ?? 0
  for (let i = from; i < to; i++) {
    phase += step
    if (phase >= CYCLE) phase -= CYCLE
    const bent = phase + (bend[i] ?? 0) + AHEAD
    const whole = bent | 0
    const place = whole & (CYCLE - 1)
    const below = table[place] ?? 0
    out[i] = (out[i] ?? 0) + gain * (below + (bent - whole) * ((table[place + 1] ?? 0) - below))
  }
  phases[index] = phase
}

/**
 * Writes what a sine that feeds back into itself bends another oscillator by, in table places.
 *
 * @param tone  `gain` in table places, `width` the feedback in table places
 * @param memory  `memory[0]` and `[1]`: its last two samples, whose mean is fed back (Tomisawa, US patent 4,249,447)
 */
export function writeBend(
  sine: Float32Array,
  bend: Float64Array,
  from: number,
  to: number,
  phases: Phases,
  index: number,
  { step, gain, width: feedback }: Tone,
  memory: Float64Array,
): void {
  let phase = phases[index] ?? 0
  let last = memory[0] ?? 0
  let before = memory[1] ?? 0
  for (let i = from; i < to; i++) {
    phase += step
    if (phase >= CYCLE) phase -= CYCLE
    const bent = phase + feedback * 0.5 * (last + before) + AHEAD
    const whole = bent | 0
    const place = whole & (CYCLE - 1)
    const below = sine[place] ?? 0
    before = last
    last = below + (bent - whole) * ((sine[place + 1] ?? 0) - below)
    bend[i] = last * gain
  }
  phases[index] = phase
  memory[0] = last
  memory[1] = before
}

/** State of a noise, never 0. */
export interface Noise {
  state: number
}

/**
 * What white noise is multiplied by to be as loud to the ear at any sample rate: its power spreads over all of the band,
 * most of which nobody hears at a high one.
 */
export const noiseGain = (sampleRate: number): number => Math.sqrt(sampleRate / 48_000)

/** Adds white noise, -1 to 1 times `gain`; the same for the same state. (Xorshift, Marsaglia 2003.) */
export function addNoise(
  noise: Noise,
  out: Float64Array,
  from: number,
  to: number,
  { gain }: Tone,
): void {
  let { state } = noise
  const scale = gain / 0x8000_0000
  for (let i = from; i < to; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    out[i] = (out[i] ?? 0) + state * scale
  }
  noise.state = state
}
