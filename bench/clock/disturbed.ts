import type { ClockSimulation } from '../../client/src/jam/testing/clock-simulation.ts'
import { PATHS } from '../../client/src/jam/testing/clock-world.ts'
import { figuresOf, type Row } from '../rows.ts'
import { liarRows } from './liars.ts'
import {
  clockRow,
  medianOf,
  type PathName,
  simulateRoom,
  spreadMs,
  timesOf,
} from './simulated-room.ts'

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const NAMES = Object.keys(PATHS) as readonly PathName[]
const EIGHT = [0, 1, 2, 3, 4, 5, 6, 7]

/** What happens to the time of a simulated room when people come and go, lose each other, or lie. */
export function disturbedRows(say: (line: string) => void): readonly Row[] {
  say('clock: simulated rooms: newcomers and leavers …')
  const coming = NAMES.flatMap(joinRows)
  const going = [leaveRow('the founder leaves', 0), leaveRow('another leaves', 5)]
  say('clock: simulated rooms: five minutes apart …')
  const apart = (['wifi', 'country', 'continent'] as const).flatMap(partitionRows)
  say('clock: simulated rooms: one of eight lies …')
  return [...coming, ...going, ...apart, ...(['wired', 'wifi', 'metro'] as const).flatMap(liarRows)]
}

const JOINS_MS = [60_000, 90_000, 120_000, 150_000]
const RESIDENTS = [0, 1, 2, 3]
/** Three seconds at most for the time, half a second of round trips before, and a step. */
const SOON_MS = 4000

interface Arrival {
  readonly waitMs: number
  readonly earlyMs: number
  readonly laterMs: number
}

/** How soon newcomers play, how far they are then from the middle of the residents, and 15 s after they came. */
function joinRows(path: PathName): readonly Row[] {
  const peers = [...RESIDENTS.map(() => ({})), ...JOINS_MS.map((joinsMs) => ({ joinsMs }))]
  const arrivals = SEEDS.flatMap((seed) => {
    const simulation = simulateRoom({ path, peers, seed, seconds: 180 })
    return JOINS_MS.map((joinsMs, index) =>
      arrivalOf(simulation, joinsMs, RESIDENTS.length + index),
    )
  })
  const wait = figuresOf(arrivals.map(({ waitMs }) => waitMs))
  const early = figuresOf(arrivals.map(({ earlyMs }) => earlyMs))
  const later = figuresOf(arrivals.map(({ laterMs }) => laterMs))
  const where = PATHS[path].name
  const goalMs = path === 'world' ? 8 : 2.5
  return [
    clockRow(
      `newcomer plays after, ${where}`,
      'ms',
      wait,
      `max ${String(SOON_MS)} ms`,
      wait.max <= SOON_MS,
    ),
    clockRow(
      `newcomer off the room as it begins, ${where}`,
      'ms',
      early,
      'p50 at most 1.5 ms',
      early.p50 <= 1.5,
    ),
    clockRow(
      `newcomer off the room after 15 s, ${where}`,
      'ms',
      later,
      `p95 at most ${String(goalMs)} ms`,
      later.p95 <= goalMs,
    ),
  ]
}

function arrivalOf(simulation: ClockSimulation, joinsMs: number, peer: number): Arrival {
  let atMs = joinsMs
  while (simulation.sharedMs(peer) === undefined) simulation.runUntil((atMs += 50))
  const earlyMs = offResidents(simulation, peer)
  simulation.runUntil(joinsMs + 15_000)
  return { waitMs: atMs - joinsMs, earlyMs, laterMs: offResidents(simulation, peer) }
}

const offResidents = (simulation: ClockSimulation, peer: number): number =>
  Math.abs((simulation.sharedMs(peer) ?? NaN) - medianOf(timesOf(simulation, RESIDENTS)))

/** What one peer's leaving does to the others' time in the seconds after. */
function leaveRow(words: string, leaver: number): Row {
  const peers = EIGHT.map((peer) => (peer === leaver ? { leavesMs: 100_000 } : {}))
  const stays = EIGHT.filter((peer) => peer !== leaver)
  const steps = (['wired', 'wifi', 'metro', 'country', 'continent'] as const).flatMap((path) =>
    SEEDS.flatMap((seed) => {
      const simulation = simulateRoom({ path, peers, seed, seconds: 120 })
      simulation.runUntil(99_900)
      return errorsOfSteps(simulation, stays, 99_900, 103_000, 100)
    }),
  )
  const ours = figuresOf(steps)
  const what = `${words}: step of the others' time, each tenth of a second`
  return clockRow(what, 'ms', ours, 'no step over 0.5 ms', ours.max <= 0.5)
}

/** By how much each peer's time gained or lost from step to step. */
function errorsOfSteps(
  simulation: ClockSimulation,
  peers: readonly number[],
  fromMs: number,
  toMs: number,
  stepMs: number,
): readonly number[] {
  const errors: number[] = []
  let before = timesOf(simulation, peers)
  for (let atMs = fromMs + stepMs; atMs <= toMs; atMs += stepMs) {
    simulation.runUntil(atMs)
    const now = timesOf(simulation, peers)
    const last = before
    errors.push(...now.map((ms, index) => Math.abs(ms - (last[index] ?? NaN) - stepMs)))
    before = now
  }
  return errors
}

const SPLIT_MS = 40_000
const HEAL_MS = 340_000
const HEALED_MS = HEAL_MS + 30_000
const FASTEST = 0.005
/** What crystals may add to it. */
const CRYSTALS = 0.0002

/** Two halves that were apart for five minutes. */
function partitionRows(path: PathName): readonly Row[] {
  const half = (peer: number): boolean => peer < EIGHT.length / 2
  const isLinked = (one: number, other: number, trueMs: number): boolean =>
    trueMs < SPLIT_MS || trueMs >= HEAL_MS || half(one) === half(other)
  const runs = SEEDS.map((seed) => {
    const peers = EIGHT.map(() => ({}))
    const simulation = simulateRoom({ path, peers, seed, seconds: 400, isLinked })
    simulation.runUntil(HEAL_MS)
    const before = spreadMs(timesOf(simulation, EIGHT))
    const steps = errorsOfSteps(simulation, EIGHT, HEAL_MS, HEALED_MS, 500)
    return { before, rate: Math.max(...steps) / 500, after: spreadMs(timesOf(simulation, EIGHT)) }
  })
  const where = PATHS[path].name
  const before = figuresOf(runs.map((run) => run.before))
  const after = figuresOf(runs.map((run) => run.after))
  const rate = Math.max(...runs.map((run) => run.rate))
  return [
    clockRow(`two halves after five minutes apart, ${where}`, 'ms', before, 'none', true),
    clockRow(
      `the same 30 s after they met, ${where}`,
      'ms',
      after,
      'p50 at most 3 ms',
      after.p50 <= 3,
    ),
    clockRow(
      `fastest correction meanwhile, ${where}`,
      'share',
      { value: Number(rate.toFixed(5)) },
      'at most 0.5 %, and 200 ppm of crystals',
      rate <= FASTEST + CRYSTALS,
    ),
  ]
}
