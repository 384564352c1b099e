import { expect, test } from 'vitest'
import { FILTER_MODES, type FilterMode } from '../../sequence/synth-sound.ts'
import { strengthOf } from '../testing/listen.ts'
import { createFilterShape, createTangents, filter, shapeFilter } from './filter.ts'
import { hzToPitch } from './tuning.ts'

const SAMPLE_RATE = 48_000
const COUNT = 24_000
const TANGENTS = createTangents(SAMPLE_RATE)
const FLAT_Q = Math.SQRT1_2

/** How much of a sine comes through, in decibels. */
function responseDb(mode: FilterMode, cutoffHz: number, q: number, hz: number): number {
  const shape = createFilterShape()
  shapeFilter(shape, TANGENTS, mode, hzToPitch(cutoffHz), q)
  const samples = Float64Array.from({ length: COUNT }, (_, at) =>
    Math.sin((2 * Math.PI * hz * at) / SAMPLE_RATE),
  )
  filter(shape, new Float64Array(2), 0, samples, 0, COUNT)
  const settled = Float32Array.from(samples.subarray(COUNT / 2))
  return 20 * Math.log10(strengthOf(settled, hz, SAMPLE_RATE))
}

// As the analogue filter would, at frequencies bent by the bilinear transform: 8 kHz is where 8.8 was.
test.each([
  ['lowpass', 100, 0],
  ['lowpass', 1000, -3.01],
  ['lowpass', 8000, -37.8],
  ['highpass', 125, -36.1],
  ['highpass', 1000, -3.01],
  ['highpass', 8000, 0],
  ['bandpass', 100, -17],
  ['bandpass', 1000, 0],
  ['bandpass', 8000, -15.9],
  ['notch', 100, 0],
  ['notch', 8000, 0],
] as const)('a %s at 1 kHz lets %i Hz through at %f dB', (mode, hz, db) => {
  expect(responseDb(mode, 1000, FLAT_Q, hz)).toBeCloseTo(db, 0)
})

test('a notch leaves nothing of its middle', () => {
  expect(responseDb('notch', 1000, FLAT_Q, 1000)).toBeLessThan(-50)
})

test.each([1, 4, 20])('a low-pass of Q %i lifts its cutoff by it', (q) => {
  expect(responseDb('lowpass', 1000, q, 1000)).toBeCloseTo(20 * Math.log10(q), 0)
})

test('two low-passes, the first at Q 0.54, fall by 24 dB an octave and are flat below', () => {
  const both = (hz: number): number =>
    responseDb('lowpass', 1000, 0.54, hz) + responseDb('lowpass', 1000, 1.3, hz)

  expect(both(100)).toBeCloseTo(0, 1)
  expect(both(1000)).toBeCloseTo(-3, 0)
  expect(both(4000) - both(2000)).toBeCloseTo(-24, -1)
})

test.each(FILTER_MODES)('a %s stays finite wherever it is put', (mode) => {
  const shape = createFilterShape()
  const samples = Float64Array.from({ length: 1000 }, (_, at) => (at % 20 < 10 ? 1 : -1))
  const state = new Float64Array(2)
  for (const cutoff of [-500, 0, 60, 142, 1e9]) {
    for (const q of [0.1, 20]) {
      shapeFilter(shape, TANGENTS, mode, cutoff, q)
      filter(shape, state, 0, samples, 0, 1000)
      expect(samples.every((sample) => Math.abs(sample) < 1e4)).toBe(true)
    }
  }
})
