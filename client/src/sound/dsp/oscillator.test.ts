import { expect, test } from 'vitest'
import { WAVEFORMS } from '../../sequence/synth-sound.ts'
import { strengthOf } from '../testing/listen.ts'
import { oscillate, START_PHASES } from './oscillator.ts'

const SAMPLE_RATE = 48_000
const COUNT = 48_000

function wave(waveform: (typeof WAVEFORMS)[number], hz: number): Float32Array {
  const out = new Float64Array(COUNT)
  const cycle = { phase: START_PHASES[waveform], phaseStep: hz / SAMPLE_RATE }
  oscillate(waveform, out, 0, COUNT, cycle)
  return Float32Array.from(out)
}

test.each([
  { waveform: 'sawtooth', harmonics: [2 / Math.PI, 1 / Math.PI, 2 / (3 * Math.PI)] },
  { waveform: 'square', harmonics: [4 / Math.PI, 0, 4 / (3 * Math.PI)] },
  { waveform: 'sine', harmonics: [1, 0, 0] },
  { waveform: 'triangle', harmonics: [8 / Math.PI ** 2, 0, 8 / (9 * Math.PI ** 2)] },
] as const)('a $waveform has the harmonics of its shape', ({ waveform, harmonics }) => {
  const samples = wave(waveform, 200)

  for (const [index, strength] of harmonics.entries()) {
    expect(strengthOf(samples, 200 * (index + 1), SAMPLE_RATE)).toBeCloseTo(strength, 2)
  }
})

test.each([
  { waveform: 'sawtooth', most: 0.02 },
  { waveform: 'square', most: 0.02 },
  { waveform: 'sine', most: 0.001 },
  { waveform: 'triangle', most: 0.004 },
] as const)('a high $waveform keeps its aliases far below it', ({ waveform, most }) => {
  // The harmonics of 4186 Hz beyond 24 kHz would fold back below 11 kHz.
  const samples = wave(waveform, 4186)

  const folded = [9, 10, 11, 12].map((harmonic) => SAMPLE_RATE - 4186 * harmonic).map(Math.abs)
  const strongest = Math.max(...folded.map((hz) => strengthOf(samples, hz, SAMPLE_RATE)))
  expect(strongest / strengthOf(samples, 4186, SAMPLE_RATE)).toBeLessThan(most)
})

test.each(WAVEFORMS)('a %s stays within its range and has no offset', (waveform) => {
  const samples = wave(waveform, 440)

  expect(Math.max(...samples.map(Math.abs))).toBeLessThanOrEqual(1.001)
  expect(Math.abs(samples.reduce((sum, sample) => sum + sample, 0) / COUNT)).toBeLessThan(0.001)
})

test.each(WAVEFORMS)('a %s written in pieces is the same to the last bit', (waveform) => {
  const whole = new Float64Array(1000)
  const pieces = new Float64Array(1000)
  oscillate(waveform, whole, 0, 1000, { phase: 0.1, phaseStep: 0.0123 })

  const cycle = { phase: 0.1, phaseStep: 0.0123 }
  for (const [from, to] of [
    [0, 7],
    [7, 128],
    [128, 1000],
  ] as const) {
    oscillate(waveform, pieces, from, to, cycle)
  }

  expect(pieces).toEqual(whole)
})
