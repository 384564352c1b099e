import { expect, test } from 'vitest'
import { fallIn, flush, powerOfTwo, semitonesToRatio, tangentOf, toSines } from './arithmetic.ts'

const inSteps = (from: number, to: number): number[] =>
  Array.from({ length: 1001 }, (_, step) => from + ((to - from) * step) / 1000)

test('sines are as near as the ear could want', () => {
  const phases = inSteps(0, 1)
  const sines = Float64Array.from(phases)

  toSines(sines, 0, sines.length)

  for (const [at, phase] of phases.entries()) {
    expect(Math.abs((sines[at] ?? 0) - Math.sin(2 * Math.PI * phase))).toBeLessThan(1e-7)
  }
})

test('powers of two are near, and whole octaves nearly exact', () => {
  for (const exponent of inSteps(-30, 30)) {
    expect(powerOfTwo(exponent) / Math.pow(2, exponent)).toBeCloseTo(1, 8)
  }
  expect(semitonesToRatio(12)).toBeCloseTo(2, 9)
  expect(Number.isFinite(powerOfTwo(Infinity))).toBe(true)
})

test('tangents are near up to the highest cutoff', () => {
  for (const x of inSteps(0.001, 0.45 * Math.PI)) {
    expect(tangentOf(x) / Math.tan(x)).toBeCloseTo(1, 5)
  }
})

test('what falls in so many samples has lost 60 dB then', () => {
  expect(Math.pow(fallIn(480), 480)).toBeCloseTo(0.001, 9)
  expect(fallIn(0)).toBeCloseTo(0.001, 9)
})

test('what is too small becomes nothing, and what is no number too', () => {
  expect([1e-16, -1e-16, NaN, 1e-14].map(flush)).toEqual([0, 0, 0, 1e-14])
})
