import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLinkClock, type LinkClock, type RoundTrip } from './link-clock.ts'

/** A round trip between clocks `offsetMs` apart over a way of these delays. */
const trip = (sentMs: number, offsetMs: number, thereMs: number, backMs: number): RoundTrip => ({
  sentMs,
  theirReceivedMs: sentMs + thereMs + offsetMs,
  theirSentMs: sentMs + thereMs + offsetMs + 1,
  receivedMs: sentMs + thereMs + backMs + 1,
})

/** One round trip a second over a way of this length, between clocks of which theirs gains `slope`. */
function measured(
  clock: LinkClock,
  fromMs: number,
  seconds: number,
  wayMs: number,
  slope = 0,
): void {
  for (let second = 0; second < seconds; second++) {
    const sentMs = fromMs + second * 1000
    clock.add(trip(sentMs, 500 + slope * sentMs, wayMs, wayMs))
  }
}

test('a link without round trips has no estimate', () => {
  const clock = createLinkClock()

  expect(clock.estimate(0)).toBeUndefined()
  expect(clock.oneWayP95Ms()).toBe(0)
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

test('in the first seconds the error never exceeds half of the shortest round trip', () => {
  const delay = fc.double({ min: 0.1, max: 200, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(delay, delay), { minLength: 1, maxLength: 30 }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      (delays, offsetMs) => {
        const clock = createLinkClock()

        for (const [there, back] of delays) clock.add(trip(0, offsetMs, there, back))

        const shortest = Math.min(...delays.map(([there, back]) => there + back))
        const estimate = clock.estimate(0)
        expect(Math.abs((estimate?.offsetMs ?? Infinity) - offsetMs)).toBeLessThanOrEqual(
          shortest / 2 + 0.05,
        )
      },
    ),
  )
})

test.each([50e-6, -80e-6, 0])(
  'a clock that gains %d is known to a few parts in a million after two minutes',
  (slope) => {
    const clock = createLinkClock()

    measured(clock, 0, 120, 4, slope)

    const estimate = clock.estimate(130_000)
    expect(Math.abs((estimate?.slope ?? 1) - slope)).toBeLessThan(3e-6)
    expect(estimate?.offsetMs).toBeCloseTo(500 + slope * 130_000, 1)
    expect(estimate?.spreadMs).toBeLessThan(0.1)
  },
)

test('a queue that lasts for ten seconds leaves the line where it was', () => {
  const clock = createLinkClock()
  measured(clock, 0, 60, 10)

  for (let second = 60; second < 70; second++) clock.add(trip(second * 1000, 500, 90, 10))

  expect(clock.estimate(70_000)?.offsetMs).toBeCloseTo(500, 0)
})

test('another route, longer for half a minute, is believed', () => {
  const clock = createLinkClock()
  measured(clock, 0, 60, 10)

  for (let second = 60; second < 100; second++) clock.add(trip(second * 1000, 510, 30, 30))

  const estimate = clock.estimate(100_000)
  expect(estimate?.rttMs).toBeCloseTo(60, 6)
  expect(estimate?.offsetMs).toBeCloseTo(510, 0)
})

test('a way that scatters has a spread', () => {
  const clock = createLinkClock()

  for (let second = 0; second < 120; second += 5) {
    const isOdd = second % 2 === 1
    clock.add(trip(second * 1000, 500, isOdd ? 10 : 4, isOdd ? 4 : 10))
  }

  expect(clock.estimate(120_000)?.spreadMs).toBeCloseTo(3, 0)
})

test('19 of 20 messages come within what is said of the way', () => {
  const clock = createLinkClock()

  for (let index = 0; index < 40; index++) clock.add(trip(index * 100, 0, 5, index >= 36 ? 45 : 5))

  expect(clock.oneWayP95Ms()).toBe(25)
})

test('impossible round trips are ignored', () => {
  const clock = createLinkClock()

  clock.add({ sentMs: 10, theirReceivedMs: 0, theirSentMs: 50, receivedMs: 20 })
  clock.add({ sentMs: NaN, theirReceivedMs: 0, theirSentMs: 0, receivedMs: 20 })
  clock.add({ sentMs: 0, theirReceivedMs: 0, theirSentMs: 0, receivedMs: 60_000 })

  expect(clock.estimate(100)).toBeUndefined()
})

test('what is older than two minutes is forgotten', () => {
  const clock = createLinkClock()
  clock.add(trip(0, 500, 1, 1))

  clock.add(trip(130_000, 507, 5, 5))

  expect(clock.estimate(130_020)).toMatchObject({ rttMs: 10 })
  expect(clock.estimate(130_020)?.offsetMs).toBeCloseTo(507, 6)
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
  for (let index = 0; index < 20; index++) clock.add(trip(index * 1000, 500, 4, 4))

  clock.add(trip(21_000, 9000, 4, 4))
  clock.add(trip(22_000, 500, 4, 4))

  expect(clock.estimate(23_000)?.offsetMs).toBeCloseTo(500, 6)
})
