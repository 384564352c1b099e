import { expect, test } from 'vitest'
import { strengthOf } from '../../testing/listen.ts'
import { createDrive } from './drive.ts'
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
  sawAt,
  silence,
  sineAt,
  type Stereo,
  stereo,
  toDb,
} from './testing/signals.ts'

const SECOND = SAMPLE_RATE

function driven(amount: number, sound: Stereo): Stereo {
  const drive = createDrive(SAMPLE_RATE)
  drive.set({ amount })
  return run(drive.process, sound)
}

test('no drive leaves every bit as it was, also after some', () => {
  const drive = createDrive(SAMPLE_RATE)
  const sound = stereo(SECOND, noiseAt(0.7))
  const out = { left: sound.left.slice(), right: sound.right.slice() }

  run(drive.process, out, (frame) => {
    drive.set({ amount: frame >= 12_800 && frame < 25_600 ? 0.6 : 0 })
  })

  expect(areSame(out.left.subarray(0, 12_800), sound.left.subarray(0, 12_800))).toBe(true)
  expect(areSame(out.left.subarray(12_800, 25_600), sound.left.subarray(12_800, 25_600))).toBe(
    false,
  )
  expect(areSame(out.left.subarray(30_000), sound.left.subarray(30_000))).toBe(true)
  expect(areSame(out.right.subarray(30_000), sound.right.subarray(30_000))).toBe(true)
})

test.each([0.05, 0.3, 0.6, 1])('a sawtooth of -12 dB is about as loud with drive %d', (amount) => {
  const sound = stereo(SECOND, sawAt(110, 0.25))
  const before = loudnessOf(sound.left, 4800)

  const { left } = driven(amount, sound)

  expect(Math.abs(toDb(loudnessOf(left, 4800) / before))).toBeLessThan(3)
})

test('much drive makes a sine nearly a square', () => {
  const { left } = driven(1, stereo(SECOND, sineAt(100, 0.5)))

  const samples = Float32Array.from(left)
  const first = strengthOf(samples, 100, SAMPLE_RATE, 4800)
  expect(strengthOf(samples, 300, SAMPLE_RATE, 4800) / first).toBeCloseTo(1 / 3, 1)
  expect(strengthOf(samples, 200, SAMPLE_RATE, 4800) / first).toBeLessThan(0.001)
})

test('a little drive keeps the highs', () => {
  const { left } = driven(0.01, stereo(SECOND, sineAt(10_000, 0.1)))

  expect(toDb(loudnessOf(left, 4800) / (0.1 * Math.SQRT1_2))).toBeGreaterThan(-0.7)
})

test('a driven sine of 5 kHz has aliases 20 dB below those of the plain clipper', () => {
  const tone = sineAt(5000, 0.9)
  const plain = stereo(SECOND, (frame) => {
    const sample = 40 * tone(frame)
    return sample / Math.sqrt(1 + sample * sample)
  })

  const { left } = driven(1, stereo(SECOND, tone))

  const aliasesOf = (side: Float64Array): number => {
    const samples = Float32Array.from(side)
    const at = (hz: number): number => strengthOf(samples, hz, SAMPLE_RATE, 4800)
    return (
      Math.hypot(...[1000, 3000, 7000, 9000, 11_000, 13_000, 17_000, 19_000].map(at)) / at(5000)
    )
  }
  expect(toDb(aliasesOf(left) / aliasesOf(plain.left))).toBeLessThan(-20)
})

test('what is lopsided gets no offset', () => {
  const pulse = (frame: number): number => (frame % 400 < 40 ? 0.45 : -0.05)

  const { left } = driven(0.8, stereo(2 * SECOND, pulse))

  const settled = left.subarray(SECOND, SECOND + 40_000)
  expect(Math.abs(settled.reduce((sum, sample) => sum + sample, 0)) / 40_000).toBeLessThan(0.001)
})

test('a turn of the knob does not click', () => {
  const drive = createDrive(SAMPLE_RATE)

  const { left } = run(drive.process, stereo(SECOND, sineAt(100, 0.25)), (frame) => {
    drive.set({ amount: Math.floor(frame / 6400) % 2 })
  })

  // The steepest place of the driven sine, from -0.17 to 0.17 in about 4 samples, is steeper than any turn.
  expect(largestStep(left)).toBeLessThan(
    1.05 * largestStep(driven(1, stereo(SECOND, sineAt(100, 0.25))).left, 24_000),
  )
})

test('after the sound comes silence to the last bit', () => {
  const drive = createDrive(SAMPLE_RATE)
  drive.set({ amount: 0.7 })
  run(drive.process, stereo(4800, noiseAt(0.7)))
  const wasSilent = drive.isSilent()

  const { left, right } = run(drive.process, silence(2 * SECOND))

  expect(wasSilent).toBe(false)
  expect(drive.isSilent()).toBe(true)
  expect(left.subarray(SECOND).every((sample) => sample === 0)).toBe(true)
  expect(right.subarray(SECOND).every((sample) => sample === 0)).toBe(true)
})

test('numbers that are none, and absurd ones, do no harm', () => {
  const drive = createDrive(SAMPLE_RATE)
  drive.set({ amount: 1 })

  const out = run(drive.process, poisoned(4800))

  expect(areFinite(out)).toBe(true)
  expect(loudnessOf(out.left, 3000)).toBeGreaterThan(0.05)
})

test('two drives give the same to the last bit', () => {
  const one = driven(0.5, stereo(9600, noiseAt(0.5)))

  const other = driven(0.5, stereo(9600, noiseAt(0.5)))

  expect(areBothSame(other, one)).toBe(true)
})
