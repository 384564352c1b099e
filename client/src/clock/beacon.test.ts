import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ClockMap, localMsIn, sharedMsIn, SLEW_SPAN_MS } from './beacon.ts'

const maps: fc.Arbitrary<ClockMap> = fc.record({
  localMs: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  sharedMs: fc.double({ min: 1e12, max: 2e12, noNaN: true }),
  rate: fc.double({ min: -200e-6, max: 200e-6, noNaN: true }),
  slew: fc.double({ min: -0.005, max: 0.005, noNaN: true }),
})
const spans = fc.double({ min: -10_000, max: 10_000, noNaN: true })

test('localMsIn undoes sharedMsIn', () => {
  fc.assert(
    fc.property(maps, spans, (map, span) => {
      const atMs = map.localMs + span

      expect(localMsIn(map, sharedMsIn(map, atMs))).toBeCloseTo(atMs, 2)
    }),
  )
})

test('shared time never runs backwards', () => {
  fc.assert(
    fc.property(maps, spans, spans, (map, one, other) => {
      const [early, late] = one < other ? [one, other] : [other, one]

      expect(sharedMsIn(map, map.localMs + late)).toBeGreaterThanOrEqual(
        sharedMsIn(map, map.localMs + early),
      )
    }),
  )
})

test('a slew ends by itself, however late the next step is', () => {
  const map = { localMs: 0, sharedMs: 0, rate: 0, slew: 0.001 }

  expect(sharedMsIn(map, SLEW_SPAN_MS)).toBeCloseTo(500.5, 9)
  expect(sharedMsIn(map, 60_000)).toBeCloseTo(60_000.5, 9)
})
