import { expect, test } from 'vitest'
import type { AnswerFrame } from '../clock-frames.ts'
import {
  type ClockSimulation,
  createClockSimulation,
  type Lie,
  simulatedId,
  type SimulatedPeer,
} from './clock-simulation.ts'
import { createClockWorld, type PathClass, PATHS } from './clock-world.ts'

/** Peers by number; everyone there from the beginning unless said otherwise. */
function simulate(
  path: PathClass,
  peers: readonly SimulatedPeer[],
  more: { seed?: number; isLinked?: (one: number, other: number, trueMs: number) => boolean } = {},
): ClockSimulation {
  const { seed = 1, isLinked } = more
  const world = createClockWorld({ path, peers: peers.length, seconds: 120, seed })
  return createClockSimulation({ world, peers, seed, ...(isLinked && { isLinked }) })
}

const some = (count: number): readonly SimulatedPeer[] => Array.from({ length: count }, () => ({}))

/** How far apart those are who may play; at least two of them. */
function spreadMs(simulation: ClockSimulation, peers: readonly number[]): number {
  const times = peers.map((peer) => simulation.sharedMs(peer)).filter((ms) => ms !== undefined)
  expect(times.length).toBeGreaterThan(1)
  return Math.max(...times) - Math.min(...times)
}

/** The largest spread at any whole second from `fromSeconds` to `toSeconds`. */
function worstMs(
  simulation: ClockSimulation,
  peers: readonly number[],
  fromSeconds: number,
  toSeconds: number,
): number {
  let worst = 0
  for (let second = fromSeconds; second <= toSeconds; second++) {
    simulation.runUntil(second * 1000)
    worst = Math.max(worst, spreadMs(simulation, peers))
  }
  return worst
}

const ahead =
  (ms: (trueMs: number) => number): Lie =>
  (frame: AnswerFrame, _to, trueMs) => ({
    ...frame,
    beacon: { ...frame.beacon, sharedMs: frame.beacon.sharedMs + ms(trueMs) },
  })

test.each([
  { path: PATHS.wired, limitMs: 0.3 },
  { path: PATHS.wifi, limitMs: 1.5 },
  { path: PATHS.metro, limitMs: 1.8 },
  { path: PATHS.symmetric, limitMs: 2.5 },
])('[CLK2] eight agree on a $path.name within $limitMs ms', ({ path, limitMs }) => {
  const simulation = simulate(path, some(8))

  expect(worstMs(simulation, [0, 1, 2, 3, 4, 5, 6, 7], 20, 60)).toBeLessThan(limitMs)
  for (const peer of [0, 7]) expect(simulation.clockOf(peer)?.state.read().status).toBe('in-time')
})

test('[CLK2] the founder leaves, and nobody notices', () => {
  const simulation = simulate(PATHS.wifi, [{ leavesMs: 40_000 }, ...some(4)])
  simulation.runUntil(39_900)
  const before = [1, 2, 3, 4].map((peer) => simulation.sharedMs(peer) ?? NaN)

  simulation.runUntil(40_900)

  for (const [index, was] of before.entries()) {
    const movedMs = (simulation.sharedMs(index + 1) ?? NaN) - was - 1000
    expect(Math.abs(movedMs)).toBeLessThan(0.5)
  }
  expect(worstMs(simulation, [1, 2, 3, 4], 41, 60)).toBeLessThan(1.5)
})

test('[CLK2] a newcomer is silent until its time is good, and nobody moves for it', () => {
  const simulation = simulate(PATHS.metro, [...some(3), { joinsMs: 30_000 }])
  simulation.runUntil(30_100)
  const before = simulation.sharedMs(0) ?? NaN
  expect(simulation.sharedMs(3)).toBeUndefined()

  simulation.runUntil(33_200)

  expect(Math.abs((simulation.sharedMs(0) ?? NaN) - before - 3100)).toBeLessThan(0.5)
  expect(spreadMs(simulation, [0, 1, 2, 3])).toBeLessThan(3)
})

test('[CLK2] two halves that lost each other slew together, without a leap', () => {
  const half = (peer: number): boolean => peer < 2
  const simulation = simulate(PATHS.wifi, some(4), {
    isLinked: (one, other, trueMs) =>
      trueMs < 20_000 || trueMs >= 80_000 || half(one) === half(other),
  })
  simulation.runUntil(80_000)

  let lastMs = simulation.sharedMs(0) ?? NaN
  for (let atMs = 80_500; atMs <= 110_000; atMs += 500) {
    simulation.runUntil(atMs)
    const nowMs = simulation.sharedMs(0) ?? NaN
    expect(Math.abs(nowMs - lastMs - 500)).toBeLessThan(500 * 0.0055)
    lastMs = nowMs
  }

  expect(spreadMs(simulation, [0, 1, 2, 3])).toBeLessThan(3)
})

const LIES: readonly { what: string; lie: Lie }[] = [
  { what: 'is two seconds ahead', lie: ahead(() => 2000) },
  { what: 'is 5 ms behind', lie: ahead(() => -5) },
  { what: 'runs a thousandth fast', lie: ahead((trueMs) => (trueMs - 20_000) * 0.001) },
  { what: 'says another thing each time', lie: ahead((trueMs) => (trueMs % 97) * 10 - 500) },
  {
    what: 'claims an old and large session',
    lie: (frame) => ({
      ...frame,
      beacon: {
        ...frame.beacon,
        sessionId: '00000000000000ff',
        bornAtMs: 1,
        members: 255,
        sharedMs: frame.beacon.sharedMs + 5000,
      },
    }),
  },
]

test.each(LIES)(
  '[CLK8] one of four that $what moves nobody, and is shown as out of time',
  ({ lie }) => {
    const from = (frame: AnswerFrame, to: number, trueMs: number): AnswerFrame =>
      trueMs < 20_000 ? frame : lie(frame, to, trueMs)
    const poisoned = simulate(PATHS.wifi, [...some(3), { lie: from }])
    const honest = simulate(PATHS.wifi, some(4))

    for (let second = 10; second <= 60; second++) {
      poisoned.runUntil(second * 1000)
      honest.runUntil(second * 1000)
      for (const peer of [0, 1, 2]) {
        const movedMs = (poisoned.sharedMs(peer) ?? NaN) - (honest.sharedMs(peer) ?? NaN)
        expect(Math.abs(movedMs)).toBeLessThan(1)
      }
    }

    expect(poisoned.clockOf(0)?.syncOf(simulatedId(3)).status).toBe('drifting')
    expect(poisoned.clockOf(0)?.syncOf(simulatedId(1)).status).toBe('in-time')
    expect(poisoned.clockOf(0)?.isUndisputed()).toBe(true)
  },
)
