import { expect, test } from 'vitest'
import { BLOCK, CHUNK } from '../strip.ts'
import { createDuck, type DuckSettings } from './duck.ts'
import {
  areFinite,
  areBothSame,
  areSame,
  largestStep,
  noiseAt,
  poisoned,
  run,
  SAMPLE_RATE,
  type Stereo,
  stereo,
} from './testing/signals.ts'

const SECOND = SAMPLE_RATE

/** Ducks a sound by a source, with its peaks taken from samples as a strip would. */
function ducked(
  settings: DuckSettings,
  sourceAt: (frame: number) => number,
  sound: Stereo = stereo(SECOND, () => 1),
): Stereo {
  const duck = createDuck(SAMPLE_RATE)
  duck.set(settings)
  const peaks = new Float64Array(BLOCK / CHUNK)
  return run((left, right, count, frame) => {
    for (let chunk = 0; chunk < peaks.length; chunk++) {
      const first = frame + chunk * CHUNK
      const samples = Array.from({ length: CHUNK }, (_, i) => Math.abs(sourceAt(first + i)))
      peaks[chunk] = Math.max(...samples)
    }
    duck.process(left, right, count, peaks)
  }, sound)
}

const FROM = 9600
const TO = 14_400
const kickAt =
  (peak: number, hz = 1000) =>
  (frame: number): number =>
    frame >= FROM && frame < TO ? peak * Math.sin((2 * Math.PI * hz * frame) / SAMPLE_RATE) : 0

test('without depth, or without a source, every bit stays as it was', () => {
  const sound = stereo(SECOND, noiseAt(0.7))
  const copy = (): Stereo => ({ left: sound.left.slice(), right: sound.right.slice() })

  const shallow = ducked({ depth: 0, releaseSeconds: 0.2 }, kickAt(1), copy())
  const alone = ducked({ depth: 1, releaseSeconds: 0.2 }, () => 0, copy())

  expect(areBothSame(shallow, sound)).toBe(true)
  expect(areBothSame(alone, sound)).toBe(true)
})

test.each([0.3, 0.7, 1])('a loud source turns down by the depth of %d, on both sides', (depth) => {
  const { left, right } = ducked({ depth, releaseSeconds: 0.2 }, kickAt(0.8))

  expect(left[FROM - 1]).toBe(1)
  expect(left[TO - 1]).toBeCloseTo(1 - depth, 3)
  expect(areSame(left, right)).toBe(true)
})

test('a soft source turns down by its share', () => {
  const { left } = ducked({ depth: 1, releaseSeconds: 0.2 }, kickAt(0.125))

  expect(left[TO - 1]).toBeCloseTo(0.5, 2)
})

test('nine tenths are turned down in 2 ms', () => {
  const { left } = ducked({ depth: 1, releaseSeconds: 0.2 }, kickAt(0.8))

  expect(left[FROM + 16]).toBeGreaterThan(0.5)
  expect(left[FROM + 96 + 16]).toBeLessThan(0.13)
  expect(left[FROM + 96 - 16]).toBeGreaterThan(0.08)
})

test.each([0.05, 0.2, 0.6])('nine tenths are back after %d seconds and the hold', (seconds) => {
  const { left } = ducked({ depth: 1, releaseSeconds: seconds }, kickAt(0.8))

  const back = left.findIndex((gain, frame) => frame > TO && gain > 0.9)
  expect((back - TO) / SECOND).toBeGreaterThan(seconds + 0.008)
  expect((back - TO) / SECOND).toBeLessThan(seconds + 0.016)
})

test('the gain does not flutter with the cycles of a low source', () => {
  const { left } = ducked({ depth: 1, releaseSeconds: 0.05 }, kickAt(0.25, 45))

  const gains = left.subarray(FROM + 1200, TO)
  expect(Math.max(...gains) - Math.min(...gains)).toBeLessThan(0.03)
})

test('neither a source nor a turn of the depth clicks', () => {
  const duck = createDuck(SAMPLE_RATE)
  const peaks = new Float64Array(BLOCK / CHUNK)

  const { left } = run(
    (one, other, count, frame) => {
      peaks.fill(Math.floor(frame / 3200) % 2)
      duck.set({ depth: Math.floor(frame / 5120) % 2, releaseSeconds: 0.05 })
      duck.process(one, other, count, peaks)
    },
    stereo(SECOND, () => 1),
  )

  // All the way in 2 ms begins with 0.02 from sample to sample; a leap goes 1.
  expect(largestStep(left)).toBeLessThan(0.025)
})

test('the gain comes back to exactly 1', () => {
  const { left } = ducked(
    { depth: 1, releaseSeconds: 0.05 },
    kickAt(0.8),
    stereo(2 * SECOND, () => 1),
  )

  expect(left.subarray(SECOND).every((sample) => sample === 1)).toBe(true)
})

test('numbers that are none, and absurd ones, do no harm', () => {
  const out = ducked({ depth: 0.5, releaseSeconds: 0.1 }, () => 0.8, poisoned(4800))
  const byNone = ducked({ depth: 1, releaseSeconds: 0.1 }, (frame) => (frame < 4800 ? NaN : 0))

  expect(areFinite(out)).toBe(true)
  expect(areFinite(byNone)).toBe(true)
})

test('two ducks give the same to the last bit', () => {
  const one = ducked({ depth: 0.8, releaseSeconds: 0.3 }, kickAt(0.5))

  const other = ducked({ depth: 0.8, releaseSeconds: 0.3 }, kickAt(0.5))

  expect(areBothSame(other, one)).toBe(true)
})
