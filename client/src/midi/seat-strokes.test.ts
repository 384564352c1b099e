import { expect, test } from 'vitest'
import { seatStrokes, type Steps } from './seat-strokes.ts'

const STEPS: Steps = { total: 32, stepCount: 16, swing: 50, isTight: false, tickSteps: 1 / 60 }
const seated = (times: readonly number[], steps: Partial<Steps> = {}) =>
  seatStrokes(
    times.map((at) => ({ at, end: at + 1, velocity: 100, strokes: 1, ratchet: 1, flam: false })),
    { ...STEPS, ...steps },
  ).map(({ step, stroke }) => [step, stroke.at])

test('each stroke has a step of its own, the nearest', () => {
  expect(seated([0, 1.2, 1.9])).toEqual([
    [0, 0],
    [1, 1.2],
    [2, 1.9],
  ])
  expect(seated([1.1, 1.2])).toEqual([[1, 1.1]])
})

test('who came first moves over where both have a step then', () => {
  // Step 1 sounds at 1.3: the first is nearer to step 2, which the second needs.
  expect(seated([1.675, 2], { swing: 65 }).toSorted()).toEqual([
    [1, 1.675],
    [2, 2],
  ])
})

test('of two steps in reach that one counts from which a nudge is exact', () => {
  // A 48th of a step is 20 ticks of 960: step 2 is nearer, and no nudge of it comes there.
  const coarse = { swing: 61, tickSteps: 1 / 960 }

  expect(seated([1.22 + 19 / 48], coarse)).toEqual([[1, 1.22 + 19 / 48]])
})

test('with each on its step the nearest is all there is', () => {
  expect(seated([0.4, 0.6, 1.4], { isTight: true })).toEqual([
    [0, 0.4],
    [1, 0.6],
  ])
})

test('one beyond the last step stands for the first of the last loop', () => {
  expect(seated([31.8])).toEqual([[32, 31.8]])
  expect(seated([16, 31.8])).toEqual([[16, 16]])
})
