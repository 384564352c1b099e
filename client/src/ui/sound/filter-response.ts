import type { FilterMode, SynthSound } from '../../sequence/synth-sound.ts'
import { FIRST_Q, HIGHEST_SHARE } from '../../sound/dsp/filter.ts'

/** What of a sound decides how its filter answers. */
export type FilterKnobs = Pick<SynthSound, 'filterMode' | 'filterSlope' | 'cutoffHz' | 'resonance'>

/** As of the device that most people have; above a few kHz another rate bends the curve a little. */
const SAMPLE_RATE = 48_000
const FLOOR = 1e-6

/**
 * How much louder or softer the filter makes a steady tone, in decibels: the size of the state variable filter's transfer
 * function, with the bent frequencies of its trapezoidal integrators (Simper, "Linear Trapezoidal Integrated SVF", 2013).
 */
export function filterDecibels(knobs: FilterKnobs, hertz: number): number {
  const { filterMode, filterSlope, cutoffHz, resonance } = knobs
  const ratio = tangent(hertz) / tangent(Math.min(cutoffHz, HIGHEST_SHARE * SAMPLE_RATE))
  let gain = gainAt(filterMode, ratio, resonance)
  if (filterSlope === '24') gain *= gainAt(filterMode, ratio, Math.min(FIRST_Q, resonance))
  return 20 * Math.log10(Math.max(FLOOR, gain))
}

const tangent = (hertz: number): number => Math.tan((Math.PI * hertz) / SAMPLE_RATE)

/** @param ratio  of the tone's frequency to the cutoff */
function gainAt(mode: FilterMode, ratio: number, resonance: number): number {
  const square = ratio * ratio
  const below = Math.hypot(1 - square, ratio / resonance)
  switch (mode) {
    case 'lowpass':
      return 1 / below
    case 'highpass':
      return square / below
    case 'bandpass':
      return ratio / resonance / below
    case 'notch':
      return Math.abs(1 - square) / below
  }
}

const LOWEST_HZ = 20
const HIGHEST_HZ = 20_000
const TOP_DB = 30
const BOTTOM_DB = -42
const POINTS = 120
const FIELD = 100

/** Places on the drawing, as shares from its left and its upper edge; every octave is as wide as the next. */
export const hertzToX = (hertz: number): number =>
  Math.log(hertz / LOWEST_HZ) / Math.log(HIGHEST_HZ / LOWEST_HZ)
export const xToHertz = (x: number): number => LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** x
export const decibelsToY = (decibels: number): number => (TOP_DB - decibels) / (TOP_DB - BOTTOM_DB)

/** Where the handle is: as high as the peak of two poles. */
export const resonanceToY = (resonance: number): number => decibelsToY(20 * Math.log10(resonance))
export const yToResonance = (y: number): number => 10 ** ((TOP_DB - y * (TOP_DB - BOTTOM_DB)) / 20)

/** The answer as an SVG path on a field of 100 by 100. */
export function filterPath(knobs: FilterKnobs): string {
  const places = Array.from({ length: POINTS + 1 }, (_, index) => {
    const x = index / POINTS
    const y = Math.max(0, Math.min(1, decibelsToY(filterDecibels(knobs, xToHertz(x)))))
    return `${round(x)} ${round(y)}`
  })
  return `M${places.join('L')}`
}

const round = (share: number): number => Math.round(share * FIELD * 100) / 100
