import { expect, test } from 'vitest'
import { createGlue } from './glue.ts'
import {
  areFinite,
  areBothSame,
  areSame,
  largestStep,
  loudnessOf,
  noiseAt,
  poisoned,
  run,
  SAMPLE_RATE,
  silence,
  sineAt,
  type Stereo,
  stereo,
  toDb,
} from './testing/signals.ts'

const SECOND = SAMPLE_RATE

/** Amplitude of a sine whose root mean square is at that level. */
const atDb = (db: number): number => Math.SQRT2 * Math.pow(10, db / 20)

function glued(amount: number, sound: Stereo): Stereo {
  const glue = createGlue(SAMPLE_RATE)
  glue.set({ amount })
  return run(glue.process, sound)
}

test('no glue leaves every bit as it was, also after some', () => {
  const glue = createGlue(SAMPLE_RATE)
  const sound = stereo(SECOND, noiseAt(0.7))
  const out = { left: sound.left.slice(), right: sound.right.slice() }

  run(glue.process, out, (frame) => {
    glue.set({ amount: frame >= 12_800 && frame < 25_600 ? 1 : 0 })
  })

  expect(areSame(out.left.subarray(0, 12_800), sound.left.subarray(0, 12_800))).toBe(true)
  expect(areSame(out.left.subarray(12_800, 25_600), sound.left.subarray(12_800, 25_600))).toBe(
    false,
  )
  expect(areSame(out.left.subarray(32_000), sound.left.subarray(32_000))).toBe(true)
  expect(areSame(out.right.subarray(32_000), sound.right.subarray(32_000))).toBe(true)
})

test.each([
  { levelDb: -30, amount: 1, gainDb: 1.5 },
  { levelDb: -14, amount: 1, gainDb: 1.5 - 0.375 },
  { levelDb: -4, amount: 1, gainDb: 1.5 - 5 },
  { levelDb: -4, amount: 0.5, gainDb: 0.75 - 2.5 },
])('$levelDb dB are changed by $gainDb dB at amount $amount', ({ levelDb, amount, gainDb }) => {
  const { left } = glued(amount, stereo(3 * SECOND, sineAt(1000, atDb(levelDb))))

  expect(toDb(loudnessOf(left, 2 * SECOND)) - levelDb).toBeCloseTo(gainDb, 1)
})

test('both sides are turned down by the gain of both', () => {
  const glue = createGlue(SAMPLE_RATE)
  glue.set({ amount: 1 })
  const loud = stereo(3 * SECOND, sineAt(1000, atDb(-1)))

  const { left, right } = run(glue.process, { left: loud.left, right: loud.left.map((s) => s / 4) })

  const ratio = loudnessOf(left, 2 * SECOND) / loudnessOf(right, 2 * SECOND)
  expect(ratio).toBeCloseTo(4, 6)
  // The mean of both powers is 2.75 dB below the left one.
  expect(toDb(loudnessOf(left, 2 * SECOND))).toBeCloseTo(-1 + 1.5 - (14 - 3.75) / 2, 1)
})

/** Decibels of gain in each millisecond, of a sound that gets loud at one second and soft again. */
function gainsAround(loudSeconds: number): (second: number) => number {
  const isLoud = (frame: number): boolean => frame >= SECOND && frame < (1 + loudSeconds) * SECOND
  const sound = stereo(6 * SECOND, (frame) => sineAt(1000, atDb(isLoud(frame) ? -4 : -40))(frame))
  const before = sound.left.slice()
  const { left } = glued(1, sound)
  return (second) => {
    const from = Math.round(second * SECOND)
    return toDb(loudnessOf(left, from, from + 48) / loudnessOf(before, from, from + 48))
  }
}

test('what gets loud is turned down within tens of milliseconds', () => {
  const gainAt = gainsAround(1)

  expect(gainAt(1)).toBeGreaterThan(1)
  expect(gainAt(1.005)).toBeGreaterThan(-0.5)
  expect(gainAt(1.02)).toBeLessThan(-0.5)
  expect(gainAt(1.06)).toBeLessThan(-3)
})

test('a peak is let go fast, a loud passage slowly', () => {
  const peak = gainsAround(0.05)
  const passage = gainsAround(2)

  expect(peak(1.049)).toBeLessThan(-2.5)
  expect(peak(1.05 + 0.25)).toBeGreaterThan(0)
  expect(passage(3 + 0.25)).toBeLessThan(-1.5)
  expect(passage(3 + 2.5)).toBeGreaterThan(1)
})

test('a leap of level or amount does not click', () => {
  const glue = createGlue(SAMPLE_RATE)

  const { left } = run(glue.process, stereo(SECOND, sineAt(100, 0.9)), (frame) => {
    glue.set({ amount: Math.floor(frame / 6400) % 2 })
  })

  // The sine itself goes up to 0.0118 from sample to sample.
  expect(largestStep(left)).toBeLessThan(0.0145)
})

test('silence stays silence, and numbers that are none do no harm', () => {
  const glue = createGlue(SAMPLE_RATE)
  glue.set({ amount: 1 })

  const out = run(glue.process, poisoned(4800))
  const after = run(glue.process, silence(14 * SECOND))

  expect(areFinite(out)).toBe(true)
  expect(loudnessOf(out.left, 3000)).toBeGreaterThan(0.15)
  expect(after.left.every((sample) => sample === 0)).toBe(true)
  expect(glue.reductionDb()).toBe(0)
})

test('two compressors give the same to the last bit', () => {
  const one = glued(0.5, stereo(9600, noiseAt(0.9)))

  const other = glued(0.5, stereo(9600, noiseAt(0.9)))

  expect(areBothSame(other, one)).toBe(true)
})
