import { expect, test } from 'vitest'
import { createSharedClock, type Neighbour, type SharedClock } from './shared-clock.ts'

const ana = (): SharedClock => createSharedClock({ newSessionId: 'aa', wallOffsetMs: 1_000_000 })
const bo = (): SharedClock => createSharedClock({ newSessionId: 'bb', wallOffsetMs: 5_000_000 })

/** How `other` looks from a clock that is `offsetMs` behind it. */
const seen = (other: SharedClock, offsetMs = 0, rttMs = 10): Neighbour => ({
  beacon: other.beacon(),
  offsetMs,
  rttMs,
})

/** Steps both every half second from `fromMs` on; their own clocks differ by `offsetMs`. */
function stepBoth(
  a: SharedClock,
  b: SharedClock,
  fromMs: number,
  steps: number,
  offsetMs = 0,
): number {
  let nowMs = fromMs
  for (let step = 0; step < steps; step++) {
    nowMs += 500
    const fromA = seen(b, offsetMs)
    const fromB = seen(a, -offsetMs)
    a.step(nowMs, [fromA])
    b.step(nowMs + offsetMs, [fromB])
  }
  return nowMs
}

test('a founder starts with wall-clock time', () => {
  const clock = ana()

  clock.found(100)

  expect(clock.sessionId()).toBe('aa')
  expect(clock.sharedMsAt(100)).toBe(1_000_100)
})

test('a newcomer takes the time of those who have one, and says so', () => {
  const host = ana()
  host.found(0)
  const guest = bo()

  const change = guest.step(1000, [seen(host, 0)])

  expect(change).toEqual({ kind: 'joined' })
  expect(guest.sessionId()).toBe('aa')
  expect(guest.sharedMsAt(1000)).toBeCloseTo(host.sharedMsAt(1000), 6)
})

test('a newcomer never moves the others', () => {
  const host = ana()
  host.found(0)
  const before = host.sharedMsAt(1000)

  host.step(1000, [seen(bo(), 0)])

  expect(host.sharedMsAt(1000)).toBe(before)
  expect(host.agreement()).toBeUndefined()
})

test('of two sessions the older one wins, and the loser hears by how much its time moved', () => {
  const old = ana()
  old.found(0)
  const young = bo()
  young.found(0)

  const stays = old.step(10_000, [seen(young)])
  const moves = young.step(10_000, [seen(old)])

  expect(stays).toEqual({ kind: 'none' })
  expect(moves).toEqual({ kind: 'merged', fromSessionId: 'bb', deltaMs: -4_000_000 })
})

test('of two sessions of one age the lower id wins on both sides', () => {
  const a = createSharedClock({ newSessionId: 'aa', wallOffsetMs: 1000.4 })
  const b = createSharedClock({ newSessionId: 'bb', wallOffsetMs: 1000 })
  a.found(0)
  b.found(0)

  expect(a.step(500, [seen(b)]).kind).toBe('none')
  expect(b.step(500, [seen(a)]).kind).toBe('merged')
})

test('after its first seconds a clock only slews, and its time never runs backwards', () => {
  const host = ana()
  host.found(0)
  const guest = bo()
  guest.step(0, [seen(host)])
  stepBoth(host, guest, 0, 10)
  let last = guest.sharedMsAt(5000)

  // The host is suddenly seen 20 ms behind, as after a change of the route.
  for (let nowMs = 5500; nowMs < 15_000; nowMs += 500) {
    guest.step(nowMs, [{ ...seen(host), offsetMs: -20 }])
    const now = guest.sharedMsAt(nowMs)
    expect(now).toBeGreaterThan(last)
    expect(Math.abs(now - last - 500)).toBeLessThanOrEqual(500 * 0.005 + 1e-6)
    last = now
  }

  expect(guest.agreement()?.errorMs).toBeLessThan(0.5)
})

test('within 3 ms it slews ten times more gently', () => {
  const host = ana()
  host.found(0)
  const guest = bo()
  guest.step(0, [seen(host)])
  stepBoth(host, guest, 0, 10)
  const before = guest.sharedMsAt(5500)

  guest.step(5500, [{ ...seen(host), offsetMs: 2 }])

  const gained = guest.sharedMsAt(6500) - before - 1000
  expect(gained).toBeGreaterThan(0.5)
  expect(gained).toBeLessThanOrEqual(1 + 1e-6)
})

test('a clock that is a quarter of a second off has slept, and jumps', () => {
  const host = ana()
  host.found(0)
  const guest = bo()
  guest.step(0, [seen(host)])
  stepBoth(host, guest, 0, 10)

  guest.step(6000, [{ ...seen(host), offsetMs: 400 }])

  expect(guest.sharedMsAt(6000)).toBeCloseTo(host.sharedMsAt(6400), 3)
})

test('two clocks agree whatever their own readings are', () => {
  const host = ana()
  host.found(0)
  const guest = bo()
  guest.step(77_000, [seen(host, -77_000)])

  const nowMs = stepBoth(host, guest, 0, 40, 77_000)

  expect(guest.sharedMsAt(nowMs + 77_000)).toBeCloseTo(host.sharedMsAt(nowMs), 2)
})

test('a link of long round trips weighs less', () => {
  const near = ana()
  near.found(0)
  const guest = bo()

  guest.step(0, [seen(near, 0, 2), { ...seen(near, 100, 200) }])

  expect(Math.abs(guest.sharedMsAt(0) - near.sharedMsAt(0))).toBeLessThan(0.1)
})

test('localMsAt undoes sharedMsAt', () => {
  const host = ana()
  host.found(0)
  const guest = bo()
  guest.step(0, [seen(host)])
  stepBoth(host, guest, 0, 8)
  guest.step(5000, [{ ...seen(host), offsetMs: 10 }])

  expect(guest.localMsAt(guest.sharedMsAt(6543))).toBeCloseTo(6543, 6)
})

test('whoever is left alone keeps its time', () => {
  const host = ana()
  host.found(0)
  const before = host.sharedMsAt(9000)

  const change = host.step(9000, [])

  expect(change.kind).toBe('none')
  expect(host.sharedMsAt(9000)).toBe(before)
})
