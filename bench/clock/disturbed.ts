import type { AnswerFrame } from '../../client/src/jam/clock-frames.ts'
import {
  type ClockSimulation,
  createClockSimulation,
  type Lie,
  simulatedId,
  type SimulatedPeer,
} from '../../client/src/jam/testing/clock-simulation.ts'
import { createClockWorld, PATHS } from '../../client/src/jam/testing/clock-world.ts'
import { createDraws } from '../../client/src/jam/testing/random.ts'
import { figuresOf, type Row } from '../rows.ts'
import type { PathName } from './simulated.ts'

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const NAMES = Object.keys(PATHS) as readonly PathName[]
const EIGHT = 8

/** What happens to the time of a simulated room when people come and go, lose each other, or lie. */
export function disturbedRows(say: (line: string) => void): readonly Row[] {
  say('clock: simulated rooms: newcomers, leavers …')
  const coming = NAMES.flatMap(joinRows)
  const going = [leaveRow('the founder leaves', 0), leaveRow('another leaves', 5)]
  say('clock: simulated rooms: five minutes apart …')
  const apart = (['wifi', 'country', 'continent'] as const).flatMap(partitionRows)
  say('clock: simulated rooms: one of eight lies …')
  return [...coming, ...going, ...apart, ...(['wired', 'wifi', 'metro'] as const).flatMap(liarRows)]
}

function simulate(
  name: PathName,
  peers: readonly SimulatedPeer[],
  seed: number,
  seconds: number,
  isLinked?: (one: number, other: number, trueMs: number) => boolean,
): ClockSimulation {
  const world = createClockWorld({ path: PATHS[name], peers: peers.length, seconds, seed })
  return createClockSimulation({ world, peers, seed, ...(isLinked && { isLinked }) })
}

const times = (simulation: ClockSimulation, peers: readonly number[]): readonly number[] =>
  peers.map((peer) => simulation.sharedMs(peer)).filter((ms) => ms !== undefined)

const spreadMs = (all: readonly number[]): number => Math.max(...all) - Math.min(...all)

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[sorted.length >> 1] ?? NaN
}

const row = (
  words: string,
  unit: string,
  ours: Row['ours'],
  goal: string,
  holds: boolean,
): Row => ({
  suite: 'clock',
  row: words,
  unit,
  ours,
  baseline: null,
  baselineIs: null,
  goal,
  holds,
})

const JOINS_MS = [60_000, 90_000, 120_000, 150_000]
const RESIDENTS = [0, 1, 2, 3]

/** How far newcomers are from the middle of the residents as soon as they play, and 15 s after they came. */
function joinRows(name: PathName): readonly Row[] {
  const waits: number[] = []
  const early: number[] = []
  const later: number[] = []
  for (const seed of SEEDS) {
    const peers = [...RESIDENTS.map(() => ({})), ...JOINS_MS.map((joinsMs) => ({ joinsMs }))]
    const simulation = simulate(name, peers, seed, 180)
    for (const [index, joinsMs] of JOINS_MS.entries()) {
      const peer = RESIDENTS.length + index
      let atMs = joinsMs
      while (simulation.sharedMs(peer) === undefined) simulation.runUntil((atMs += 50))
      waits.push(atMs - joinsMs)
      early.push(offResidents(simulation, peer))
      simulation.runUntil(joinsMs + 15_000)
      later.push(offResidents(simulation, peer))
    }
  }
  const goalMs = name === 'world' ? 8 : 2.5
  const [wait, first, settled] = [figuresOf(waits), figuresOf(early), figuresOf(later)]
  const where = PATHS[name].name
  return [
    row(
      `newcomer: from its first link until it plays, ${where}`,
      'ms',
      wait,
      'max 3700 ms',
      wait.max <= 3700,
    ),
    row(
      `newcomer: distance from the room as it begins to play, ${where}`,
      'ms',
      first,
      'p50 at most 1.5 ms',
      first.p50 <= 1.5 || name === 'world',
    ),
    row(
      `newcomer: distance from the room after 15 s, ${where}`,
      'ms',
      settled,
      `p95 at most ${String(goalMs)} ms`,
      settled.p95 <= goalMs,
    ),
  ]
}

const offResidents = (simulation: ClockSimulation, peer: number): number =>
  Math.abs((simulation.sharedMs(peer) ?? NaN) - medianOf(times(simulation, RESIDENTS)))

/** What one peer's leaving does to the others' time in the second after. */
function leaveRow(words: string, leaver: number): Row {
  const steps: number[] = []
  for (const name of ['wired', 'wifi', 'metro', 'country', 'continent'] as const) {
    for (const seed of SEEDS) {
      const peers = Array.from({ length: EIGHT }, (_, peer) =>
        peer === leaver ? { leavesMs: 100_000 } : {},
      )
      const stays = Array.from({ length: EIGHT }, (_, peer) => peer).filter((p) => p !== leaver)
      const left = simulate(name, peers, seed, 120)
      left.runUntil(99_999)
      let before = times(left, stays)
      for (let atMs = 100_099; atMs < 103_000; atMs += 100) {
        left.runUntil(atMs)
        const now = times(left, stays)
        for (const [index, ms] of now.entries()) {
          steps.push(Math.abs(ms - (before[index] ?? NaN) - 100))
        }
        before = now
      }
    }
  }
  const ours = figuresOf(steps)
  const goal = 'no step over 0.5 ms'
  return row(
    `${words}: step of the others' time, each tenth of a second`,
    'ms',
    ours,
    goal,
    ours.max <= 0.5,
  )
}

const SPLIT_MS = 40_000
const HEAL_MS = 340_000

/** Two halves that were apart for five minutes. */
function partitionRows(name: PathName): readonly Row[] {
  const before: number[] = []
  const after: number[] = []
  const rates: number[] = []
  const all = Array.from({ length: EIGHT }, (_, peer) => peer)
  const half = (peer: number): boolean => peer < EIGHT / 2
  for (const seed of SEEDS) {
    const isLinked = (one: number, other: number, trueMs: number): boolean =>
      trueMs < SPLIT_MS || trueMs >= HEAL_MS || half(one) === half(other)
    const simulation = simulate(
      name,
      all.map(() => ({})),
      seed,
      400,
      isLinked,
    )
    simulation.runUntil(HEAL_MS)
    before.push(spreadMs(times(simulation, all)))
    let last = times(simulation, all)
    for (let atMs = HEAL_MS + 500; atMs <= HEAL_MS + 30_000; atMs += 500) {
      simulation.runUntil(atMs)
      const now = times(simulation, all)
      for (const [index, ms] of now.entries())
        rates.push(Math.abs(ms - (last[index] ?? NaN) - 500) / 500)
      last = now
    }
    after.push(spreadMs(last))
  }
  const where = PATHS[name].name
  const healed = figuresOf(after)
  const fastest = Math.max(...rates)
  return [
    row(`two halves after five minutes apart, ${where}`, 'ms', figuresOf(before), 'none', true),
    row(
      `the same 30 s after they met again, ${where}`,
      'ms',
      healed,
      'p50 at most 3 ms',
      healed.p50 <= 3,
    ),
    row(
      `fastest correction meanwhile, ${where}`,
      '',
      { value: Number(fastest.toFixed(5)) },
      'at most 0.5 % and the crystals',
      fastest <= 0.0052,
    ),
  ]
}

const LIES_FROM_MS = 60_000

const ahead =
  (ms: (trueMs: number, to: number) => number): Lie =>
  (frame, to, trueMs) => ({
    ...frame,
    beacon: { ...frame.beacon, sharedMs: frame.beacon.sharedMs + ms(trueMs - LIES_FROM_MS, to) },
  })

/** Everything but the truth; each draws on chance of its own. */
const LIES: Readonly<Record<string, () => Lie>> = {
  '0.3 ms ahead': () => ahead(() => 0.3),
  '1 ms ahead': () => ahead(() => 1),
  '5 ms behind': () => ahead(() => -5),
  '200 ms ahead': () => ahead(() => 200),
  '17 minutes ahead': () => ahead(() => 1e6),
  '50 ppm fast': () => ahead((ms) => ms * 50e-6),
  '0.1 % fast': () => ahead((ms) => ms * 0.001),
  'random within 2 ms': () => randomly(4),
  'random within a second': () => randomly(2000),
  'ahead to some, behind to others': () => ahead((_ms, to) => (to % 2 === 0 ? 3 : -3)),
  'random stamps': () => {
    const draws = createDraws(7)
    return (frame) => ({ ...frame, receivedMs: frame.receivedMs + draws.between(-50, 50) })
  },
  'an old and large session of its own': () => (frame) => ({
    ...frame,
    beacon: {
      ...frame.beacon,
      sessionId: '00000000000000ff',
      bornAtMs: 1,
      members: 255,
      sharedMs: frame.beacon.sharedMs + 5000,
    },
  }),
}

const randomly = (spanMs: number): Lie => {
  const draws = createDraws(8)
  return ahead(() => draws.between(-spanMs / 2, spanMs / 2))
}

/** One of eight begins to lie after a minute; beside the same room in which it does not. */
function liarRows(name: PathName): readonly Row[] {
  const apart: number[] = []
  const along: number[] = []
  let wild = 0
  let shown = 0
  const honest = Array.from({ length: EIGHT - 1 }, (_, peer) => peer)
  const liar = EIGHT - 1
  for (const [what, makeLie] of Object.entries(LIES)) {
    for (const seed of SEEDS.slice(0, 4)) {
      const lie = makeLie()
      const late = (frame: AnswerFrame, to: number, trueMs: number): AnswerFrame =>
        trueMs < LIES_FROM_MS ? frame : lie(frame, to, trueMs)
      const peers = honest.map(() => ({}))
      const poisoned = simulate(name, [...peers, { lie: late }], seed, 300)
      const clean = simulate(name, [...peers, {}], seed, 300)
      for (let second = 60; second <= 300; second += 2) {
        poisoned.runUntil(second * 1000)
        clean.runUntil(second * 1000)
        const moved = times(poisoned, honest).map(
          (ms, index) => ms - (times(clean, honest)[index] ?? NaN),
        )
        apart.push(spreadMs(times(poisoned, honest)) - spreadMs(times(clean, honest)))
        along.push(Math.abs(medianOf(moved)))
      }
      if (!/^(0\.3|1) ms|random within 2|50 ppm|stamps/.test(what)) {
        wild += 1
        if (poisoned.clockOf(0)?.syncOf(simulatedId(liar)).status === 'drifting') shown += 1
      }
    }
  }
  const where = PATHS[name].name
  const [one, other] = [figuresOf(apart.map((ms) => Math.max(0, ms))), figuresOf(along)]
  return [
    row(`one liar in eight: pulled apart by, ${where}`, 'ms', one, 'max 1 ms', one.max <= 1),
    row(
      `one liar in eight: pulled along by in four minutes, ${where}`,
      'ms',
      other,
      'max 1 ms',
      other.max <= 1,
    ),
    row(
      `one liar in eight: gross ones shown as out of time, ${where}`,
      'share',
      { value: Number((shown / wild).toFixed(3)) },
      'all',
      shown === wild,
    ),
  ]
}
