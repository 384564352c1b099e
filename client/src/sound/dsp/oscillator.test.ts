import { expect, test } from 'vitest'
import { WAVEFORMS, type Waveform } from '../../sequence/synth-sound.ts'
import { strengthOf } from '../testing/listen.ts'
import { addBentWave, addNoise, addPulse, addWave, writeBend, type Tone } from './oscillator.ts'
import { createWavetables, CYCLE, levelOf, lowestPitch } from './wavetables.ts'

const SAMPLE_RATE = 48_000
const COUNT = 48_000
const TABLES = createWavetables()
const SINE = tableAt('sine', 440)

const toneAt = (hz: number, gain = 1, width = 0.5): Tone => ({
  step: (hz * CYCLE) / SAMPLE_RATE,
  gain,
  width,
})

function tableAt(waveform: Waveform, hz: number): Float32Array {
  const pitch = 69 + 12 * Math.log2(hz / 440)
  const table = TABLES[waveform].levels[levelOf(pitch, lowestPitch(SAMPLE_RATE))]
  if (table === undefined) throw new Error(`there must be a table of ${waveform} at ${hz} Hz`)
  return table
}

function wave(waveform: Waveform, hz: number): Float32Array {
  const out = new Float64Array(COUNT)
  addWave(tableAt(waveform, hz), out, 0, COUNT, new Float64Array(1), 0, toneAt(hz))
  return Float32Array.from(out)
}

/** Loudest of what is not a harmonic of `hz`, beside the fundamental, in decibels. */
function foldedDb(samples: Float32Array, hz: number): number {
  let loudest = 0
  for (let harmonic = 2; harmonic < 60; harmonic++) {
    const beyond = (harmonic * hz) % SAMPLE_RATE
    const folded = Math.min(beyond, SAMPLE_RATE - beyond)
    const isHarmonic = Math.abs(folded / hz - Math.round(folded / hz)) < 0.02
    if (!isHarmonic) loudest = Math.max(loudest, strengthOf(samples, folded, SAMPLE_RATE))
  }
  return 20 * Math.log10(loudest / strengthOf(samples, hz, SAMPLE_RATE))
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

test.each(WAVEFORMS)('a %s of 5 kHz keeps its aliases 60 dB below it', (waveform) => {
  expect(foldedDb(wave(waveform, 5021), 5021)).toBeLessThan(-60)
})

test('a pulse of 5 kHz keeps its aliases 60 dB below it', () => {
  const out = new Float64Array(COUNT)
  const tone = toneAt(5021, 1, 0.2)
  addPulse(tableAt('sawtooth', 5021), out, 0, COUNT, new Float64Array(1), 0, tone)

  expect(foldedDb(Float32Array.from(out), 5021)).toBeLessThan(-60)
})

test.each(WAVEFORMS)('a %s keeps its highest harmonics up to 15 kHz', (waveform) => {
  const low = wave(waveform, 55)
  const level = Math.floor(15_000 / 55)
  const isThin = waveform === 'sine' || waveform === 'organ' || waveform === 'glass'

  const top = strengthOf(low, 55 * (level - (level % 2) + 1), SAMPLE_RATE)

  if (isThin) expect(top).toBeLessThan(1e-5)
  else expect(top).toBeGreaterThan(1e-6)
})

test.each(WAVEFORMS)('a %s begins at zero and has no offset', (waveform) => {
  const samples = wave(waveform, 440)

  expect(Math.max(...samples.map(Math.abs))).toBeLessThanOrEqual(1.6)
  for (const level of TABLES[waveform].levels) {
    expect(level[0]).toBe(0)
    expect(level[CYCLE]).toBe(0)
    expect(level[1]).toBeGreaterThan(0)
  }
  expect(Math.abs(samples.reduce((sum, sample) => sum + sample, 0) / COUNT)).toBeLessThan(0.001)
})

test.each([0.1, 0.25, 0.5, 0.8])('a pulse of width %f has the harmonics of its shape', (width) => {
  const out = new Float64Array(COUNT)
  const tone = toneAt(200, 1, width)
  addPulse(tableAt('sawtooth', 200), out, 0, COUNT, new Float64Array(1), 0, tone)
  const samples = Float32Array.from(out)

  for (const harmonic of [1, 2, 3, 4]) {
    const strength = (4 / (Math.PI * harmonic)) * Math.abs(Math.sin(Math.PI * harmonic * width))
    expect(strengthOf(samples, 200 * harmonic, SAMPLE_RATE)).toBeCloseTo(strength, 2)
  }
})

test('a wave whose phase is bent by a sine has the sidebands of Bessel functions', () => {
  const bend = new Float64Array(COUNT)
  const out = new Float64Array(COUNT)
  const phases = new Float64Array(2)
  // A modulation of one radian.
  const modulator = { ...toneAt(100, CYCLE / (2 * Math.PI)), width: 0 }
  writeBend(SINE, bend, 0, COUNT, phases, 1, modulator, new Float64Array(2))
  addBentWave(SINE, out, 0, COUNT, phases, 0, toneAt(1000), bend)
  const samples = Float32Array.from(out)

  for (const [sideband, strength] of [
    [0, 0.7652],
    [1, 0.4401],
    [2, 0.1149],
  ] as const) {
    expect(strengthOf(samples, 1000 + 100 * sideband, SAMPLE_RATE)).toBeCloseTo(strength, 3)
    expect(strengthOf(samples, 1000 - 100 * sideband, SAMPLE_RATE)).toBeCloseTo(strength, 3)
  }
})

test('feedback turns a sine towards a sawtooth', () => {
  const bend = new Float64Array(COUNT)
  const tone = { ...toneAt(200, 1), width: CYCLE / (2 * Math.PI) }
  writeBend(SINE, bend, 0, COUNT, new Float64Array(1), 0, tone, new Float64Array(2))
  const samples = Float32Array.from(bend)

  const [first = 0, second = 0, third = 0] = [200, 400, 600].map((hz) =>
    strengthOf(samples, hz, SAMPLE_RATE),
  )
  expect(second / first).toBeGreaterThan(0.3)
  expect(third / first).toBeGreaterThan(0.1)
})

test.each(WAVEFORMS)('a %s written in pieces is the same to the last bit', (waveform) => {
  const table = tableAt(waveform, 440)
  const whole = new Float64Array(1000)
  const pieces = new Float64Array(1000)
  const [once, again] = [new Float64Array(1), new Float64Array(1)]
  addWave(table, whole, 0, 1000, once, 0, toneAt(440))

  for (const [from, to] of [
    [0, 7],
    [7, 128],
    [128, 1000],
  ] as const) {
    addWave(table, pieces, from, to, again, 0, toneAt(440))
  }

  expect(pieces).toEqual(whole)
})

test('noise is flat, has no offset, and is the same for the same state', () => {
  const [out, again] = [new Float64Array(COUNT), new Float64Array(COUNT)]
  const tone = toneAt(0, 0.5)
  addNoise({ state: 7 }, out, 0, COUNT, tone)
  addNoise({ state: 7 }, again, 0, COUNT, tone)
  const samples = Float32Array.from(out)
  const band = (fromHz: number): number => {
    const strengths = Array.from({ length: 200 }, (_, n) =>
      strengthOf(samples, fromHz + 5 * n, SAMPLE_RATE),
    )
    return Math.sqrt(strengths.reduce((sum, one) => sum + one * one, 0))
  }

  expect(again).toEqual(out)
  expect(Math.max(...samples.map(Math.abs))).toBeLessThanOrEqual(0.5)
  expect(Math.abs(samples.reduce((sum, sample) => sum + sample, 0) / COUNT)).toBeLessThan(0.005)
  expect(band(1000) / band(15_000)).toBeGreaterThan(0.8)
  expect(band(1000) / band(15_000)).toBeLessThan(1.25)
})
