import { expect, test } from 'vitest'
import { createChorus } from './chorus.ts'
import {
  areBothSame,
  areSame,
  energyOf,
  areFinite,
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

function thickened(amount: number, sound: Stereo, firstFrame = 0): Stereo {
  const chorus = createChorus(SAMPLE_RATE)
  chorus.set({ amount })
  return run((left, right, count, frame) => {
    chorus.process(left, right, count, firstFrame + frame)
  }, sound)
}

/** Frames at which the loudest samples after an impulse are, on their side. */
function tapsAfter(impulseAt: number, side: Float64Array): number[] {
  const after = side.subarray(impulseAt + 1, impulseAt + 1300)
  const loud = [...after.keys()].filter((at) => Math.abs(after[at] ?? 0) > 0.2)
  return loud.map((at) => (at + 1) / 48).filter((ms, at, all) => ms - (all[at - 1] ?? 0) > 0.1)
}

test('no chorus leaves every bit as it was, also after some', () => {
  const chorus = createChorus(SAMPLE_RATE)
  const sound = stereo(SECOND, noiseAt(0.7))
  const out = { left: sound.left.slice(), right: sound.right.slice() }

  run(chorus.process, out, (frame) => {
    chorus.set({ amount: frame >= 12_800 && frame < 25_600 ? 1 : 0 })
  })

  expect(areSame(out.left.subarray(0, 12_800), sound.left.subarray(0, 12_800))).toBe(true)
  expect(areSame(out.left.subarray(12_800, 25_600), sound.left.subarray(12_800, 25_600))).toBe(
    false,
  )
  expect(areSame(out.left.subarray(32_000), sound.left.subarray(32_000))).toBe(true)
  expect(areSame(out.right.subarray(32_000), sound.right.subarray(32_000))).toBe(true)
})

test('an impulse comes again twice, 8 to 25 ms later, at other times on the other side', () => {
  for (const second of [0, 0.3, 0.9, 1.4, 2.2]) {
    const at = 4000
    const sound = stereo(9600, (frame) => (frame === at ? 1 : 0))

    const { left, right } = thickened(1, sound, second * SECOND)

    const taps = [tapsAfter(at, left), tapsAfter(at, right)]
    expect(taps.map((side) => side.length)).toEqual([2, 2])
    expect(Math.min(...taps.flat())).toBeGreaterThan(7.9)
    expect(Math.max(...taps.flat())).toBeLessThan(25)
    expect(taps[0]).not.toEqual(taps[1])
  }
})

test('a side is where the other was a quarter of a cycle ago', () => {
  const impulse = (at: number): Stereo => stereo(9600, (frame) => (frame === at ? 1 : 0))

  const { right } = thickened(1, impulse(4000), 0)
  const { left } = thickened(1, impulse(4000), SECOND / 2)

  // A quarter of the slow swing's two seconds.
  expect(tapsAfter(4000, left)[0]).toBeCloseTo(tapsAfter(4000, right)[0] ?? 0, 1)
})

test('where the modulation stands is told by the frame alone', () => {
  const late = 48_000_000_128
  const sound = (): Stereo => stereo(9600, sineAt(1000, 0.3))
  const whole = thickened(1, sound(), late - 2560)
  const chorus = createChorus(SAMPLE_RATE)
  chorus.set({ amount: 1 })
  run(chorus.process, silence(1280))

  const later = run((left, right, count, frame) => {
    chorus.process(left, right, count, late - 2560 + frame)
  }, sound())

  const both = later.left.map((sample, at) => sample - (whole.left[at] ?? 0))
  expect(loudnessOf(both, 6400)).toBeLessThan(1e-9)
})

test('one sound becomes wide, as loud as before, and does not vanish in the middle', () => {
  const { left, right } = thickened(1, stereo(4 * SECOND, noiseAt(0.5)))

  const middle = left.map((sample, at) => (sample + (right[at] ?? 0)) / 2)
  const edges = left.map((sample, at) => (sample - (right[at] ?? 0)) / 2)
  const before = 0.5 / Math.sqrt(3)
  expect(toDb(loudnessOf(edges) / before)).toBeGreaterThan(-8)
  expect(Math.abs(toDb(loudnessOf(left) / before))).toBeLessThan(1.5)
  expect(Math.abs(toDb(loudnessOf(middle) / before))).toBeLessThan(1.5)
})

test('a bass stays firm', () => {
  const { left, right } = thickened(1, stereo(4 * SECOND, sineAt(45, 0.5)))

  const edges = left.map((sample, at) => (sample - (right[at] ?? 0)) / 2)
  expect(toDb(loudnessOf(left, 4800) / (0.5 * Math.SQRT1_2))).toBeGreaterThan(-4)
  expect(toDb(loudnessOf(edges, 4800) / loudnessOf(left, 4800))).toBeLessThan(-15)
})

// The sine goes up to 0.0131 from sample to sample: 0.85 of it dry, and twice a half by the taps.
const STEEPEST = 0.0131 * 1.85

test('a turn of the knob does not click', () => {
  const chorus = createChorus(SAMPLE_RATE)

  const { left } = run(chorus.process, stereo(SECOND, sineAt(200, 0.5)), (frame) => {
    chorus.set({ amount: Math.floor(frame / 6400) % 3 === 0 ? 0 : 1 })
  })

  expect(largestStep(left)).toBeLessThan(1.15 * STEEPEST)
})

test('a leap of the frame is glided over', () => {
  const chorus = createChorus(SAMPLE_RATE)
  chorus.set({ amount: 1 })

  // At half a second the slow tap of the left is the farthest away, and a second later the nearest.
  const { left } = run(
    (one, other, count, frame) => {
      chorus.process(one, other, count, frame < 24_000 ? frame : frame + SECOND)
    },
    stereo(SECOND, sineAt(200, 0.5)),
  )

  expect(largestStep(left)).toBeLessThan(1.05 * STEEPEST)
})

test('a side that parts from the other goes on as if it had been by itself', () => {
  const parting = (difference: number): Stereo => {
    const other = noiseAt(0.5, 2)
    const { left } = stereo(9600, noiseAt(0.5))
    const right = left.map((sample, at) => (at < 6400 ? sample : other()))
    right[0] = (left[0] ?? 0) + difference
    return thickened(1, { left, right })
  }

  const together = parting(0)
  const apart = parting(1e-9)

  const rest = together.right.map((sample, at) => sample - (apart.right[at] ?? 0))
  expect(loudnessOf(together.right, 6400)).toBeGreaterThan(0.1)
  expect(loudnessOf(rest, 6400)).toBeLessThan(1e-9)
})

test('after the sound comes silence to the last bit', () => {
  const chorus = createChorus(SAMPLE_RATE)
  chorus.set({ amount: 1 })
  run(chorus.process, stereo(4800, noiseAt(0.7)))
  const wasSilent = chorus.isSilent()

  const { left, right } = run(chorus.process, silence(SECOND))

  expect(wasSilent).toBe(false)
  expect(chorus.isSilent()).toBe(true)
  expect(energyOf(left, SECOND / 2)).toBe(0)
  expect(energyOf(right, SECOND / 2)).toBe(0)
})

test('numbers that are none, and absurd ones, do no harm', () => {
  const out = thickened(1, poisoned(4800))

  expect(areFinite(out)).toBe(true)
  expect(loudnessOf(out.left, 4000)).toBeGreaterThan(0.1)
})

test('two choruses give the same to the last bit', () => {
  const one = thickened(0.5, stereo(9600, noiseAt(0.5)))

  const other = thickened(0.5, stereo(9600, noiseAt(0.5)))

  expect(areBothSame(other, one)).toBe(true)
})
