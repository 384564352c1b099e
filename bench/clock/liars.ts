import type { AnswerFrame } from '../../client/src/jam/clock-frames.ts'
import {
  type ClockSimulation,
  type Lie,
  simulatedId,
} from '../../client/src/jam/testing/clock-simulation.ts'
import { PATHS } from '../../client/src/jam/testing/clock-world.ts'
import { createDraws } from '../../client/src/jam/testing/random.ts'
import { figuresOf, type Row } from '../rows.ts'
import {
  clockRow,
  medianOf,
  type PathName,
  simulateRoom,
  spreadMs,
  timesOf,
} from './simulated-room.ts'

const HONEST = [0, 1, 2, 3, 4, 5, 6]
const LIAR = HONEST.length
const SEEDS = [1, 2]
const SECONDS = 300
const LIES_FROM_MS = 60_000

const ahead =
  (ms: (trueMs: number, to: number) => number): Lie =>
  (frame, to, trueMs) => ({
    ...frame,
    beacon: { ...frame.beacon, sharedMs: frame.beacon.sharedMs + ms(trueMs - LIES_FROM_MS, to) },
  })

function randomly(spanMs: number): Lie {
  const draws = createDraws(8)
  return ahead(() => draws.between(-spanMs / 2, spanMs / 2))
}

interface Kind {
  /** Made anew for each room, for it may draw on chance. */
  readonly lie: () => Lie
  /** Whether it is so gross that everybody must be shown who it is. */
  readonly isGross: boolean
}

const KINDS: readonly Kind[] = [
  { lie: () => ahead(() => 0.3), isGross: false },
  { lie: () => ahead(() => 1), isGross: false },
  { lie: () => ahead(() => -5), isGross: true },
  { lie: () => ahead(() => 200), isGross: true },
  { lie: () => ahead(() => 1e6), isGross: true },
  { lie: () => ahead((ms) => ms * 50e-6), isGross: false },
  { lie: () => ahead((ms) => ms * 0.001), isGross: true },
  { lie: () => randomly(4), isGross: false },
  { lie: () => randomly(2000), isGross: true },
  { lie: () => ahead((_ms, to) => (to % 2 === 0 ? 3 : -3)), isGross: true },
  {
    lie() {
      const draws = createDraws(7)
      return (frame) => ({ ...frame, receivedMs: frame.receivedMs + draws.between(-50, 50) })
    },
    isGross: false,
  },
  {
    // A session of its own, old and large.
    lie: () => (frame) => ({
      ...frame,
      beacon: {
        ...frame.beacon,
        sessionId: '00000000000000ff',
        bornAtMs: 1,
        members: 255,
        sharedMs: frame.beacon.sharedMs + 5000,
      },
    }),
    isGross: true,
  },
]

interface Harm {
  readonly apartMs: readonly number[]
  readonly alongMs: readonly number[]
  readonly isShown: boolean
}

/** One of eight begins to lie after a minute, in twelve ways; beside it the same room in which it does not. */
export function liarRows(path: PathName): readonly Row[] {
  const runs = KINDS.flatMap((kind) => SEEDS.map((seed) => ({ kind, ...harmOf(path, kind, seed) })))
  const apart = figuresOf(runs.flatMap(({ apartMs }) => apartMs))
  const along = figuresOf(runs.flatMap(({ alongMs }) => alongMs))
  const gross = runs.filter(({ kind }) => kind.isGross)
  const share = gross.filter(({ isShown }) => isShown).length / gross.length
  const where = PATHS[path].name
  return [
    clockRow(
      `one liar in eight: pulls the others apart by, ${where}`,
      'ms',
      apart,
      'max 1 ms',
      apart.max <= 1,
    ),
    clockRow(
      `one liar in eight: pulls them along by in four minutes, ${where}`,
      'ms',
      along,
      'max 1 ms',
      along.max <= 1,
    ),
    clockRow(
      `one liar in eight: gross ones shown as out of time, ${where}`,
      'share',
      { value: Number(share.toFixed(3)) },
      'all',
      share === 1,
    ),
  ]
}

function harmOf(path: PathName, { lie: makeLie }: Kind, seed: number): Harm {
  const lie = makeLie()
  const late = (frame: AnswerFrame, to: number, trueMs: number): AnswerFrame =>
    trueMs < LIES_FROM_MS ? frame : lie(frame, to, trueMs)
  const honest = HONEST.map(() => ({}))
  const room = { path, seed, seconds: SECONDS }
  const poisoned = simulateRoom({ ...room, peers: [...honest, { lie: late }] })
  const clean = simulateRoom({ ...room, peers: [...honest, {}] })
  const apartMs: number[] = []
  const alongMs: number[] = []
  for (let second = LIES_FROM_MS / 1000; second <= SECONDS; second += 2) {
    const [now, otherwise] = [timesAt(poisoned, second), timesAt(clean, second)]
    apartMs.push(Math.max(0, spreadMs(now) - spreadMs(otherwise)))
    alongMs.push(Math.abs(medianOf(now.map((ms, index) => ms - (otherwise[index] ?? NaN)))))
  }
  const seen = poisoned.clockOf(0)?.syncOf(simulatedId(LIAR))
  return { apartMs, alongMs, isShown: seen?.status === 'drifting' }
}

function timesAt(simulation: ClockSimulation, second: number): readonly number[] {
  simulation.runUntil(second * 1000)
  return timesOf(simulation, HONEST)
}
