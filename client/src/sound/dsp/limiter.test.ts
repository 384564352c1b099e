import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CEILING, createLimiter } from './limiter.ts'

const SAMPLE_RATE = 48_000

function limited(input: Float64Array): { left: Float64Array; latency: number } {
  const limiter = createLimiter(SAMPLE_RATE)
  const left = Float64Array.from(input)
  const right = new Float64Array(input.length)
  for (let at = 0; at < left.length; at += 128) {
    const end = Math.min(left.length, at + 128)
    limiter.process(left.subarray(at, end), right.subarray(at, end), end - at)
  }
  return { left, latency: limiter.latency }
}

test('what stays below the ceiling passes as it was, later by the look-ahead', () => {
  const input = Float64Array.from({ length: 2000 }, (_, i) => 0.9 * Math.sin(i / 7))

  const { left, latency } = limited(input)

  expect(latency).toBe(72)
  expect(left.subarray(latency)).toEqual(input.subarray(0, 2000 - latency))
})

test('nothing that is put in comes out above the ceiling', () => {
  const burst = fc.record({
    at: fc.integer({ min: 0, max: 2999 }),
    height: fc.double({ min: -50, max: 50, noNaN: true }),
    width: fc.integer({ min: 1, max: 300 }),
  })
  fc.assert(
    fc.property(fc.array(burst, { maxLength: 12 }), (bursts) => {
      const input = new Float64Array(3000)
      for (const { at, height, width } of bursts) input.fill(height, at, at + width)

      const { left } = limited(input)

      expect(left.every((sample) => Math.abs(sample) <= CEILING)).toBe(true)
    }),
  )
})

test('a loud tone is turned down, not cut off', () => {
  const tone = Float64Array.from({ length: 48_000 }, (_, i) => 3 * Math.sin((i * Math.PI) / 60))

  const { left } = limited(tone)

  const settled = left.subarray(24_000)
  const atCeiling = settled.filter((sample) => Math.abs(sample) > 0.999 * CEILING).length
  expect(Math.max(...settled)).toBeGreaterThan(0.9 * CEILING)
  expect(atCeiling / settled.length).toBeLessThan(0.05)
})

test('both sides are turned down alike', () => {
  const limiter = createLimiter(SAMPLE_RATE)
  const left = new Float64Array(128).fill(2)
  const right = new Float64Array(128).fill(0.5)

  limiter.process(left, right, 128)

  expect(right[127]).toBeCloseTo((left[127] ?? 0) / 4, 12)
})

test('a number that is none becomes silence, and the rest goes on', () => {
  const input = new Float64Array(1000).fill(0.5)
  input[100] = NaN
  input[200] = Infinity

  const { left, latency } = limited(input)

  expect(left.every(Number.isFinite)).toBe(true)
  expect(left[100 + latency]).toBe(0)
  expect(left[500]).toBe(0.5)
})

test('after a peak the gain comes back', () => {
  const input = new Float64Array(48_000).fill(0.5)
  input.fill(10, 0, 48)

  const { left } = limited(input)

  expect(left[200]).toBeLessThan(0.2)
  expect(left[47_999]).toBeCloseTo(0.5, 3)
})
