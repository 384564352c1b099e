import { expect, test } from 'vitest'
import { createReverb, type ReverbSettings } from './reverb.ts'
import {
  areFinite,
  areBothSame,
  energyOf,
  largestStep,
  loudnessOf,
  noiseAt,
  poisoned,
  runSend,
  SAMPLE_RATE,
  silence,
  sineAt,
  type Stereo,
  stereo,
  toDb,
} from './testing/signals.ts'

const SECOND = SAMPLE_RATE
const SETTINGS: ReverbSettings = { seconds: 2, damping: 0.3, level: 1 }

type Reverb = ReturnType<typeof createReverb>

const reverberate = (reverb: Reverb, sent: Stereo, firstFrame = 0): Stereo =>
  runSend((send, left, right, count, frame) => {
    reverb.process(send.left, send.right, left, right, count, firstFrame + frame)
  }, sent)

/** A reverb with its level already turned up. */
function createReverbOf(settings: Partial<ReverbSettings> = {}): Reverb {
  const reverb = createReverb(SAMPLE_RATE)
  reverb.set({ ...SETTINGS, ...settings })
  reverberate(reverb, silence(12_800))
  return reverb
}

const impulse = (length: number): Stereo => stereo(length, (frame) => (frame === 0 ? 1 : 0))

/** Seconds for 60 dB, from those for -5 to -35 dB of the energy that is still to come (ISO 3382-1). */
function decayTime(response: Float64Array): number {
  const rest = Float64Array.from(response)
  for (let i = rest.length - 1; i >= 0; i--) rest[i] = (rest[i] ?? 0) ** 2 + (rest[i + 1] ?? 0)
  const whole = rest[0] ?? 0
  const timeOf = (db: number): number =>
    rest.findIndex((energy) => energy < whole * Math.pow(10, db / 10)) / SAMPLE_RATE
  return 2 * (timeOf(-35) - timeOf(-5))
}

/** What is around a frequency: twice through a resonance. */
const bandOf = (response: Float64Array, hz: number): Float64Array =>
  resonate(resonate(response, hz), hz)

function resonate(response: Float64Array, hz: number): Float64Array {
  const g = Math.tan((Math.PI * hz) / SAMPLE_RATE)
  const states = { band: 0, low: 0 }
  return response.map((sample) => {
    const band = (states.band + g * (sample - states.low)) / (1 + g * (g + 0.7))
    const low = states.low + g * band
    states.band = 2 * band - states.band
    states.low = 2 * low - states.low
    return band
  })
}

test.each([0.3, 1, 3, 10])('a room of %d seconds decays by 60 dB in them', (seconds) => {
  const reverb = createReverbOf({ seconds, damping: 0 })

  const { left, right } = reverberate(reverb, impulse(Math.ceil(1.2 * seconds * SECOND)))

  expect(Math.abs(decayTime(left) / seconds - 1)).toBeLessThan(0.15)
  expect(Math.abs(decayTime(right) / seconds - 1)).toBeLessThan(0.15)
  expect(Math.abs(decayTime(bandOf(left, 1000)) / seconds - 1)).toBeLessThan(0.1)
})

test('a damped room decays four times as fast in its highs, and no faster in its lows', () => {
  const reverb = createReverbOf({ seconds: 2, damping: 1 })

  const { left } = reverberate(reverb, impulse(3 * SECOND))

  const highs = decayTime(bandOf(left, 5000))
  expect(highs).toBeGreaterThan(0.4)
  expect(highs).toBeLessThan(0.8)
  expect(decayTime(bandOf(left, 150))).toBeGreaterThan(1.8)
})

test('the tail is dense: as many loud samples as in noise', () => {
  const { left } = reverberate(createReverbOf(), impulse(SECOND))

  // Share of samples beyond the standard deviation, 0.3173 in noise (Abel and Huang, "A Simple, Robust Measure of
  // Reverberation Echo Density", 2006).
  for (const from of [7200, 9600, 14_400, 24_000]) {
    const window = left.subarray(from, from + 1440)
    const deviation = loudnessOf(window)
    const share = window.filter((sample) => Math.abs(sample) > deviation).length / window.length
    expect(share / 0.3173).toBeGreaterThan(0.85)
  }
})

test('the tail does not ring: it is like itself at no later time', () => {
  const { left } = reverberate(createReverbOf({ damping: 0 }), impulse(2 * SECOND))

  const tail = left
    .subarray(14_400, 14_400 + 28_800)
    .map((sample, at) => sample * Math.pow(10, (3 * at) / (2 * SECOND)))
  const energy = energyOf(tail)
  for (let lag = 48; lag < 4800; lag++) {
    let product = 0
    for (let i = 0; i + lag < tail.length; i++) product += (tail[i] ?? 0) * (tail[i + lag] ?? 0)
    expect(Math.abs(product) / energy).toBeLessThan(0.25)
  }
})

test('the two sides have nothing in common, and are equally loud', () => {
  const { left, right } = reverberate(createReverbOf(), impulse(2 * SECOND))

  const product = left.reduce((sum, sample, at) => sum + sample * (right[at] ?? 0), 0)
  expect(Math.abs(product) / Math.sqrt(energyOf(left) * energyOf(right))).toBeLessThan(0.1)
  expect(Math.abs(toDb(loudnessOf(left) / loudnessOf(right)))).toBeLessThan(1)
})

test.each([1, 3, 10])('a room of %d seconds is about as loud as what is sent', (seconds) => {
  const sent = stereo(8 * SECOND, noiseAt(0.5))

  const { left } = reverberate(createReverbOf({ seconds, damping: 0 }), sent)

  expect(Math.abs(toDb(loudnessOf(left, 6 * SECOND) / (0.5 / Math.sqrt(3))))).toBeLessThan(3)
})

test('where the modulation stands is told by the frame alone', () => {
  const late = 48_000_000_000
  const one = createReverb(SAMPLE_RATE)
  const other = createReverb(SAMPLE_RATE)
  one.set(SETTINGS)
  other.set(SETTINGS)
  reverberate(one, silence(4096), late - 4096)
  reverberate(other, silence(8192), 3 * SECOND)

  const heard = reverberate(one, stereo(SECOND, noiseAt(0.5)), late)
  const alsoHeard = reverberate(other, stereo(SECOND, noiseAt(0.5)), late)

  expect(areBothSame(alsoHeard, heard)).toBe(true)
})

test('a turn of a knob does not click', () => {
  const reverb = createReverbOf()

  const { left } = runSend(
    (send, one, other, count, frame) => {
      const turned = Math.floor(frame / 6400) % 2
      reverb.set({ seconds: turned === 0 ? 10 : 0.3, damping: turned, level: 1 })
      reverb.process(send.left, send.right, one, other, count, frame)
    },
    stereo(2 * SECOND, sineAt(200, 0.5)),
  )

  // A sine of this pitch that is as loud as the loudest sample goes no steeper from sample to sample.
  const loudest = Math.max(...left.map(Math.abs))
  expect(largestStep(left)).toBeLessThan(1.3 * loudest * ((2 * Math.PI * 200) / SAMPLE_RATE))
})

test('after the tail comes silence to the last bit', () => {
  const reverb = createReverbOf({ seconds: 1 })
  reverberate(reverb, stereo(4800, noiseAt(0.7)))
  const wasSilent = reverb.isSilent()

  const { left, right } = reverberate(reverb, silence(6 * SECOND))

  expect(wasSilent).toBe(false)
  expect(reverb.isSilent()).toBe(true)
  expect(energyOf(left, 0, SECOND)).toBeGreaterThan(0)
  expect(energyOf(left, 5 * SECOND)).toBe(0)
  expect(energyOf(right, 5 * SECOND)).toBe(0)
})

test('numbers that are none, and absurd ones, do no harm', () => {
  const out = reverberate(createReverbOf({ seconds: 10 }), poisoned(SECOND))

  expect(areFinite(out)).toBe(true)
  expect(loudnessOf(out.left, SECOND / 2)).toBeGreaterThan(0.001)
  expect(Math.max(...out.left)).toBeLessThan(2)
})

test('two reverbs give the same to the last bit', () => {
  const one = reverberate(createReverbOf(), stereo(SECOND, noiseAt(0.5)))

  const other = reverberate(createReverbOf(), stereo(SECOND, noiseAt(0.5)))

  expect(areBothSame(other, one)).toBe(true)
})
