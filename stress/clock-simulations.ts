import {
  type ClockSimulation,
  createClockSimulation,
  type Lie,
  type SimulatedPeer,
} from '../client/src/jam/testing/clock-simulation.ts'
import { createClockWorld, PATHS } from '../client/src/jam/testing/clock-world.ts'
import { createDraws, type Draws } from '../client/src/jam/testing/random.ts'
import { type Given, must, type Scenario } from './scenario.ts'

/** Rooms a minute of the given time: about what a core can simulate meanwhile. */
const ROOMS_A_MINUTE = 6
const SECONDS = 600
const LOOK_MS = 500
/** Everybody has settled, and knows the crystals a little. */
const SETTLED_MS = 30_000
/** Half a percent of slew, 200 ppm of crystals, and a step of the clock. */
const FASTEST_MS = LOOK_MS * 0.0052 + 0.2
/** No two honest peers may ever be farther apart, ms; several times what is usual there. */
const LIMITS_MS: Readonly<Record<keyof typeof PATHS, number>> = {
  wired: 0.6,
  wifi: 4,
  metro: 4,
  country: 20,
  continent: 20,
  symmetric: 15,
  world: 60,
}
const NAMES = Object.keys(PATHS) as readonly (keyof typeof PATHS)[]

interface Room {
  readonly path: keyof typeof PATHS
  readonly peers: readonly SimulatedPeer[]
  readonly seed: number
}

/** Rooms of random size on random paths, in which people come, go and lie: the clock's laws hold all the time. */
export const randomRooms: Scenario = {
  name: 'simulated rooms, ten minutes each, with newcomers, leavers and liars',
  run: ({ seed, minutes }: Given) => {
    const rooms = Math.max(1, Math.round(minutes * ROOMS_A_MINUTE))
    let worst = 0
    let liars = 0
    for (let index = 0; index < rooms; index++) {
      const room = drawRoom(seed + index)
      liars += room.peers.filter(({ lie }) => lie !== undefined).length
      worst = Math.max(worst, watch(room))
    }
    return Promise.resolve(
      `${String(rooms)} rooms, ${String(liars)} liars; never farther apart than ${(worst * 100).toFixed(0)} % of the limit`,
    )
  },
}

function drawRoom(seed: number): Room {
  const draws = createDraws(seed, 77)
  const path = NAMES[Math.floor(draws.next() * NAMES.length)] ?? 'wired'
  const size = 2 + Math.floor(draws.next() * 9)
  const peers: SimulatedPeer[] = Array.from({ length: size }, (_, peer) => ({
    joinsMs: peer === 0 ? 0 : draws.next() < 0.5 ? 0 : draws.between(0, 200_000),
    ...(draws.next() < 0.2 && { leavesMs: draws.between(250_000, 550_000) }),
  }))
  const stay = peers.filter(({ leavesMs }) => leavesMs === undefined).length
  // On long uneven paths a lie within the paths' own uncertainty is no lie.
  const isShort = path === 'wired' || path === 'wifi' || path === 'metro'
  const lies = stay >= 4 && isShort && draws.next() < 0.6
  return { path, seed, peers: lies ? [...peers, { lie: drawLie(draws) }] : peers }
}

function drawLie(draws: Draws): Lie {
  const size = 10 ** draws.between(-0.5, 5)
  const isRandom = draws.next() < 0.3
  return (frame, _to, trueMs) => {
    if (trueMs < 240_000) return frame
    const ms = isRandom ? draws.between(-size, size) : size
    return { ...frame, beacon: { ...frame.beacon, sharedMs: frame.beacon.sharedMs + ms } }
  }
}

interface Look {
  readonly ms: number
  readonly sessionId: string
}

/** @returns the largest distance as a share of the limit. @throws when a law is broken */
function watch({ path, peers, seed }: Room): number {
  const world = createClockWorld({ path: PATHS[path], peers: peers.length, seconds: SECONDS, seed })
  const simulation = createClockSimulation({ world, peers, seed })
  const honest = peers.flatMap(({ lie }, peer) => (lie === undefined ? [peer] : []))
  const since = new Map<number, number>()
  let before = new Map<number, Look>()
  let worst = 0
  for (let atMs = LOOK_MS; atMs <= SECONDS * 1000; atMs += LOOK_MS) {
    simulation.runUntil(atMs)
    const now = looksAt(simulation, honest)
    const where = `seed ${String(seed)}, ${path}, at ${String(atMs / 1000)} s`
    for (const [peer, look] of now) {
      if (!since.has(peer)) since.set(peer, atMs)
      mustGoOn(before.get(peer), look, `${where}: peer ${String(peer)}`)
    }
    const settled = [...now].filter(([peer]) => atMs - (since.get(peer) ?? atMs) > SETTLED_MS)
    const apart = spreadOf(settled.map(([, { ms }]) => ms)) / LIMITS_MS[path]
    must(apart <= 1, `${where}: ${(apart * LIMITS_MS[path]).toFixed(2)} ms apart`)
    worst = Math.max(worst, apart)
    before = now
  }
  return worst
}

function looksAt(simulation: ClockSimulation, peers: readonly number[]): Map<number, Look> {
  const looks = new Map<number, Look>()
  for (const peer of peers) {
    const ms = simulation.sharedMs(peer)
    const sessionId = simulation.clockOf(peer)?.sessionId() ?? ''
    if (ms !== undefined) looks.set(peer, { ms, sessionId })
  }
  return looks
}

/** Time never runs backwards, leaps, or is faster than a slew. */
function mustGoOn(before: Look | undefined, now: Look, where: string): void {
  if (before?.sessionId !== now.sessionId) return
  const gainedMs = now.ms - before.ms - LOOK_MS
  must(
    Math.abs(gainedMs) <= FASTEST_MS,
    `${where}: ${gainedMs.toFixed(3)} ms too much in half a second`,
  )
}

const spreadOf = (all: readonly number[]): number =>
  all.length < 2 ? 0 : Math.max(...all) - Math.min(...all)
