import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beatOfStep, firstStepFrom, stepInPattern } from './onsets.ts'
import { STEP_COUNTS, SUBDIVISIONS } from './song.ts'

const subdivision = fc.constantFrom(...SUBDIVISIONS)
const stepCount = fc.constantFrom(...STEP_COUNTS)
const beat = fc.double({ min: 0, max: 1e6, noNaN: true })

test.each([
  { subdivision: 1, beats: 1 },
  { subdivision: 2, beats: 0.5 },
  { subdivision: 4, beats: 0.25 },
] as const)('at $subdivision steps a beat a step lasts $beats beats', (row) => {
  expect(beatOfStep(1, row.subdivision)).toBe(row.beats)
  expect(beatOfStep(7, row.subdivision)).toBe(7 * row.beats)
})

test('the first step from a beat on begins there or later, the one before it earlier', () => {
  fc.assert(
    fc.property(beat, subdivision, (from, steps) => {
      const first = firstStepFrom(from, steps)

      expect(beatOfStep(first, steps)).toBeGreaterThanOrEqual(from)
      expect(beatOfStep(first - 1, steps)).toBeLessThan(from)
    }),
  )
})

test('however a span is cut into windows, each step begins in exactly one of them', () => {
  const cuts = fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 2 })
  fc.assert(
    fc.property(cuts, subdivision, (places, steps) => {
      const edges = [0, ...places.toSorted((one, other) => one - other)]

      const begun = edges.slice(1).flatMap((to, index) => {
        const first = firstStepFrom(edges[index] ?? 0, steps)
        return Array.from({ length: firstStepFrom(to, steps) - first }, (_, n) => first + n)
      })

      const end = edges.at(-1) ?? 0
      const whole = Array.from({ length: firstStepFrom(end, steps) }, (_, step) => step)
      expect(begun).toEqual(whole)
    }),
  )
})

test('a step that begins exactly on an edge belongs to the window after it', () => {
  expect(firstStepFrom(1, 4)).toBe(4)
  expect(firstStepFrom(1 - 1e-12, 4)).toBe(4)
  expect(firstStepFrom(1 + 1e-12, 4)).toBe(5)
})

test('nothing begins before beat 0', () => {
  expect(firstStepFrom(-3, 4)).toBe(0)
})

test('the pattern comes round after its step count', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1000, max: 1e9 }), stepCount, (step, count) => {
      const here = stepInPattern(step, count)

      expect(here).toBeGreaterThanOrEqual(0)
      expect(here).toBeLessThan(count)
      expect(stepInPattern(step + count, count)).toBe(here)
      expect(stepInPattern(here, count)).toBe(here)
    }),
  )
})
