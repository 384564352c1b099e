import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crystalRate, type Opinion, weigh } from './consensus.ts'

const says = (errorMs: number, rttMs = 10): Opinion => ({
  errorMs,
  rttMs,
  spreadMs: 0.1,
  leantMs: 0,
})

test('of two others the nearer one weighs more', () => {
  const { errorMs } = weigh([says(0, 2), says(100, 200)], 0)

  expect(errorMs).toBeLessThan(0.1)
})

test('two of equal distance weigh the same', () => {
  expect(weigh([says(1), says(3)], 0).errorMs).toBeCloseTo(2, 9)
})

test('[CLK8] among four whoever is far off does not count, whatever it says', () => {
  fc.assert(
    fc.property(fc.double({ min: 2, max: 1e9, noNaN: true }), fc.boolean(), (far, isAhead) => {
      const { errorMs, trusted } = weigh([says(0.1), says(-0.1), says(isAhead ? far : -far)], 0)

      expect(trusted).toEqual([true, true, false])
      expect(errorMs).toBeCloseTo(0, 9)
    }),
  )
})

test('among four nobody near the median pulls farther than the others do', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (any) => {
      const others = [says(0.1), says(-0.1)]

      const { errorMs } = weigh([...others, says(any, 0)], 0)

      expect(Math.abs(errorMs)).toBeLessThan(0.5)
    }),
  )
})

test('after a split the smaller half moves to the larger one', () => {
  const ofLarger = weigh([says(0.1), says(-0.1), says(40), says(40.1)], 0)
  const ofSmaller = weigh([says(0.1), says(-40), says(-40.1), says(-39.9)], 0)

  expect(ofLarger.errorMs).toBeCloseTo(0, 1)
  expect(ofSmaller.errorMs).toBeCloseTo(-40, 0)
})

test('after a split into equal halves both move', () => {
  const { errorMs } = weigh([says(0), says(40), says(40)], 0)

  expect(errorMs).toBeGreaterThan(10)
})

test('somebody who answers at random does not widen what the others are allowed', () => {
  const wild = { ...says(500), spreadMs: 1000 }

  expect(weigh([says(0.1), says(-0.1), wild], 0).trusted).toEqual([true, true, false])
})

test('a room that is corrected one way all the time is being dragged', () => {
  const leaning = (leantMs: number): Opinion => ({ ...says(0), leantMs })

  expect(weigh([leaning(5), leaning(5.2), leaning(-1000)], 4.8).draggedMs).toBeCloseTo(4.9, 9)
  expect(weigh([leaning(5)], 5).draggedMs).toBe(0)
})

test('up to three go by their mean crystal, more by the middle one', () => {
  expect(crystalRate([])).toBe(0)
  expect(crystalRate([30e-6])).toBeCloseTo(15e-6, 12)
  expect(crystalRate([10e-6, 20e-6, 200e-6])).toBeCloseTo(15e-6, 12)
  expect(crystalRate([10e-6, 20e-6, -5e-6, 200e-6])).toBeCloseTo(10e-6, 12)
})
