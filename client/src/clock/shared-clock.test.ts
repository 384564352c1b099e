import { expect, test } from 'vitest'
import type { Neighbour } from './beacon.ts'
import { createSharedClock, type SharedClock } from './shared-clock.ts'

const ana = (): SharedClock => createSharedClock({ newSessionId: 'aa', wallOffsetMs: 1_000_000 })
const bo = (): SharedClock => createSharedClock({ newSessionId: 'bb', wallOffsetMs: 5_000_000 })

/** How `other` looks from a clock that is `offsetMs` behind it. */
const seen = (other: SharedClock, offsetMs = 0, rttMs = 10): Neighbour => ({
  beacon: other.beacon(),
  offsetMs,
  slope: 0,
  rttMs,
  spreadMs: 0.1,
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

/** Ana's session with bo in it, both settled, at 5000 ms. */
function twoSettled(): { readonly host: SharedClock; readonly guest: SharedClock } {
  const host = ana()
  host.found(0)
  const guest = bo()
  guest.step(0, [seen(host)])
  stepBoth(host, guest, 0, 10)
  return { host, guest }
}

test('a founder starts with wall-clock time, and plays at once', () => {
  const clock = ana()
  expect(clock.isSettled()).toBe(false)

  clock.found(100)

  expect(clock.sessionId()).toBe('aa')
  expect(clock.sharedMsAt(100)).toBe(1_000_100)
  expect(clock.isSettled()).toBe(true)
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

test('[CLK2] a newcomer is not settled before its time stands still, and after 3 s in any case', () => {
  const host = ana()
  host.found(0)
  const sure = bo()
  const unsure = bo()

  for (let nowMs = 0; nowMs <= 3000; nowMs += 250) {
    sure.step(nowMs, [seen(host)])
    unsure.step(nowMs, [seen(host, nowMs % 500 === 0 ? 40 : 0)])
    if (nowMs === 250) expect(sure.isSettled()).toBe(false)
    if (nowMs === 500) expect(sure.isSettled()).toBe(true)
    if (nowMs === 2750) expect(unsure.isSettled()).toBe(false)
  }

  expect(unsure.isSettled()).toBe(true)
})

test('[CLK2] a newcomer never moves the others, neither without a time nor with one it has just taken', () => {
  const host = ana()
  host.found(0)
  const guest = bo()
  const before = host.sharedMsAt(2000)

  host.step(1000, [seen(guest, 0)])
  guest.step(1000, [seen(host)])
  host.step(1500, [{ ...seen(guest), offsetMs: 50 }])

  expect(host.sharedMsAt(2000)).toBe(before)
  expect(host.trusts()).toEqual([false])
})

test('[CLK6] of two sessions the older one wins, and the loser hears by how much its time moved', () => {
  const old = ana()
  old.found(0)
  const young = bo()
  young.found(0)

  const stays = old.step(10_000, [seen(young)])
  const moves = young.step(10_000, [seen(old)])

  expect(stays).toEqual({ kind: 'none' })
  expect(moves).toEqual({ kind: 'merged', fromSessionId: 'bb', deltaMs: -4_000_000 })
  expect(young.isSettled()).toBe(false)
})

test('[CLK2] after its first seconds a clock only slews, however far off it is, and never runs backwards', () => {
  const { host, guest } = twoSettled()
  let last = guest.sharedMsAt(5000)

  // The host is suddenly seen half a second behind, as after a long parting.
  for (let nowMs = 5500; nowMs < 150_000; nowMs += 500) {
    guest.step(nowMs, [{ ...seen(host), offsetMs: -500 }])
    const now = guest.sharedMsAt(nowMs)
    expect(now).toBeGreaterThan(last)
    expect(Math.abs(now - last - 500)).toBeLessThanOrEqual(500 * 0.005 + 1e-6)
    last = now
  }

  expect(last - host.sharedMsAt(149_500 - 500)).toBeCloseTo(0, 0)
})

test('[CLK2] within 3 ms it slews five times more gently', () => {
  const { host, guest } = twoSettled()
  const before = guest.sharedMsAt(5500)

  guest.step(5500, [{ ...seen(host), offsetMs: 2.9 }])

  const gained = guest.sharedMsAt(6000) - before - 500
  expect(gained).toBeGreaterThan(0.4)
  expect(gained).toBeLessThanOrEqual(0.5 + 1e-6)
})

test('a step that comes a minute late overshoots nothing', () => {
  const { host, guest } = twoSettled()
  guest.step(5500, [{ ...seen(host), offsetMs: 2 }])

  const errorMs = guest.sharedMsAt(65_500) - host.sharedMsAt(65_500)

  expect(errorMs).toBeGreaterThan(0)
  expect(errorMs).toBeLessThan(2)
})

test('[CLK2] a clock whose machine slept jumps, and is silent until it has', () => {
  const { host, guest } = twoSettled()

  guest.slept(6000)
  expect(guest.isSettled()).toBe(false)
  guest.step(6000, [seen(host, 400)])
  guest.step(6500, [seen(host, 400)])

  expect(guest.sharedMsAt(6500)).toBeCloseTo(host.sharedMsAt(6900), 3)
  expect(guest.isSettled()).toBe(true)
})

test('one who slept and hears nobody for 8 s goes by its own clock', () => {
  const { guest } = twoSettled()

  guest.slept(6000)
  guest.step(13_500, [])
  expect(guest.isSettled()).toBe(false)
  guest.step(14_000, [])

  expect(guest.isSettled()).toBe(true)
})

test('two who both slept meet in the middle', () => {
  const { host, guest } = twoSettled()

  host.slept(5000)
  guest.slept(5000)
  stepBoth(host, guest, 5000, 8, 40)

  expect(guest.sharedMsAt(9040)).toBeCloseTo(host.sharedMsAt(9000), 1)
})

test('two clocks agree whatever their own readings are', () => {
  const host = ana()
  host.found(0)
  const guest = bo()
  guest.step(77_000, [seen(host, -77_000)])

  const nowMs = stepBoth(host, guest, 0, 40, 77_000)

  expect(guest.sharedMsAt(nowMs + 77_000)).toBeCloseTo(host.sharedMsAt(nowMs), 2)
})

test('a crystal that differs is followed at its rate, so that nothing is left to correct', () => {
  const { host, guest } = twoSettled()

  for (let nowMs = 5500; nowMs < 65_500; nowMs += 500) {
    const slope = -40e-6
    guest.step(nowMs, [{ ...seen(host), offsetMs: slope * nowMs, slope }])
  }

  expect(guest.beacon().rate).toBeCloseTo(-20e-6, 9)
})

test('localMsAt undoes sharedMsAt', () => {
  const { host, guest } = twoSettled()
  guest.step(5500, [{ ...seen(host), offsetMs: 10 }])

  expect(guest.localMsAt(guest.sharedMsAt(6543))).toBeCloseTo(6543, 6)
})

test('[CLK2] whoever is left alone keeps its time, and its rate', () => {
  const host = ana()
  host.found(0)
  const before = host.sharedMsAt(9000)

  const change = host.step(9000, [])

  expect(change.kind).toBe('none')
  expect(host.sharedMsAt(9000)).toBe(before)
})
