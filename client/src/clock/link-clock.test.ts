import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLinkClock, type RoundTrip } from './link-clock.ts'

/** A round trip between clocks `offsetMs` apart over a way of these delays. */
const trip = (sentMs: number, offsetMs: number, thereMs: number, backMs: number): RoundTrip => ({
  sentMs,
  theirReceivedMs: sentMs + thereMs + offsetMs,
  theirSentMs: sentMs + thereMs + offsetMs + 1,
  receivedMs: sentMs + thereMs + backMs + 1,
})

test('a link without round trips has no estimate', () => {
  expect(createLinkClock().estimate(0)).toBeUndefined()
})

test('of many round trips the quickest one tells the offset', () => {
  const clock = createLinkClock()
  clock.add(trip(0, 500, 80, 10))
  clock.add(trip(100, 500, 5, 5))
  clock.add(trip(200, 500, 10, 60))

  const estimate = clock.estimate(300)

  expect(estimate?.offsetMs).toBeCloseTo(500, 6)
  expect(estimate?.rttMs).toBeCloseTo(10, 6)
  expect(estimate?.samples).toBe(3)
})

test('the error never exceeds half of the shortest round trip', () => {
  const delay = fc.double({ min: 0.1, max: 200, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(delay, delay), { minLength: 1, maxLength: 30 }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      (delays, offsetMs) => {
        const clock = createLinkClock()
        delays.forEach(([there, back], index) => {
          clock.add(trip(index, offsetMs, there, back))
        })
        const shortest = Math.min(...delays.map(([there, back]) => there + back))
        const worst = Math.max(...delays.map((_, index) => index)) * 0.0001 + 1e-6

        const estimate = clock.estimate(delays.length)

        expect(Math.abs((estimate?.offsetMs ?? Infinity) - offsetMs)).toBeLessThanOrEqual(
          shortest / 2 + worst,
        )
      },
    ),
  )
})

test('impossible round trips are ignored', () => {
  const clock = createLinkClock()
  clock.add({ sentMs: 10, theirReceivedMs: 0, theirSentMs: 50, receivedMs: 20 })
  clock.add({ sentMs: NaN, theirReceivedMs: 0, theirSentMs: 0, receivedMs: 20 })
  clock.add({ sentMs: 0, theirReceivedMs: 0, theirSentMs: 0, receivedMs: 60_000 })

  expect(clock.estimate(100)).toBeUndefined()
})

test('round trips older than a minute give way to newer ones', () => {
  const clock = createLinkClock()
  clock.add(trip(0, 500, 1, 1))
  clock.add(trip(70_000, 507, 5, 5))

  expect(clock.estimate(70_020)?.offsetMs).toBeCloseTo(507, 6)
})

test('after a silence the last round trip still stands', () => {
  const clock = createLinkClock()
  clock.add(trip(0, 500, 1, 1))

  expect(clock.estimate(500_000)?.samples).toBe(1)
})

test('a clock that was stopped for a while is believed again after two round trips', () => {
  const clock = createLinkClock()
  for (let index = 0; index < 20; index++) clock.add(trip(index * 1000, 500, 4, 4))
  clock.add(trip(23_000, 3500, 24, 8))
  expect(clock.estimate(23_040)?.offsetMs).toBeCloseTo(500, 6)

  clock.add(trip(24_000, 3500, 20, 20))

  expect(Math.abs((clock.estimate(24_050)?.offsetMs ?? 0) - 3500)).toBeLessThan(20)
})

test('one round trip out of line changes nothing', () => {
  const clock = createLinkClock()
  clock.add(trip(0, 500, 4, 4))
  clock.add(trip(1000, 9000, 1, 1))
  clock.add(trip(2000, 500, 6, 6))
  clock.add(trip(3000, 500, 6, 6))

  expect(clock.estimate(3020)?.offsetMs).toBeCloseTo(500, 6)
})
