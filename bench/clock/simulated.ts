import {
  createClockSimulation,
  type SimulatedPeer,
} from '../../client/src/jam/testing/clock-simulation.ts'
import {
  createClockWorld,
  type PathClass,
  PATHS,
} from '../../client/src/jam/testing/clock-world.ts'
import { BASELINES } from './baselines.ts'
import { figuresOf, type Row } from '../rows.ts'

import type { PathName } from './simulated-room.ts'

const SEEDS = 12
const SECONDS = 300
/** Everybody has settled. */
const FROM_SECONDS = 20
const SIZES = [2, 8, 20] as const
/** p95 for 8 and 20, ms. */
const GOALS: Readonly<Record<PathName, number>> = {
  wired: 0.1,
  wifi: 0.4,
  metro: 1,
  country: 2.5,
  continent: 3,
  symmetric: 0.6,
  world: 9,
}
/** Two cannot average their path's asymmetry away; beyond it so much is allowed. */
const ABOVE_FLOOR_MS = 0.5

/** Agreement of all pairs in simulated rooms: the jam's own clocks, and beside them what others do, in the same worlds. */
export function simulatedRows(say: (line: string) => void): readonly Row[] {
  return SIZES.flatMap((peers) =>
    (Object.keys(PATHS) as readonly PathName[]).map((name) => {
      say(`clock: ${String(SEEDS)} simulated rooms of ${String(peers)}, ${PATHS[name].name} …`)
      return agreementRow(peers, name)
    }),
  )
}

function agreementRow(peers: number, name: PathName): Row {
  const path = PATHS[name]
  const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1)
  const ours = figuresOf(seeds.flatMap((seed) => oursIn(path, peers, seed)))
  const beside = BASELINES.map(({ is, create }) => ({
    is,
    figures: figuresOf(
      seeds.flatMap((seed) => {
        const world = worldOf(path, peers, seed)
        const { sharedMs } = create(world, peers, seed)
        return pairErrors(peers, sharedMs, () => undefined)
      }),
    ),
  }))
  const floorMs = Math.max(...seeds.map((seed) => worldOf(path, peers, seed).skewMs(0, 1)))
  const goalMs = peers === 2 ? floorMs + ABOVE_FLOOR_MS : GOALS[name]
  return {
    suite: 'clock',
    row: `simulated agreement, ${String(peers)} peers, ${path.name}`,
    unit: 'ms',
    ours,
    baseline: null,
    baselineIs: null,
    beside,
    goal: `p95 at most ${goalMs.toFixed(2)} ms${peers === 2 ? `: ${ABOVE_FLOOR_MS} above what asymmetry alone leaves` : ''}`,
    holds: ours.p95 <= goalMs,
  }
}

/** The machine after the last peer is the baselines' server; ours has none. */
const worldOf = (
  path: PathClass,
  peers: number,
  seed: number,
): ReturnType<typeof createClockWorld> =>
  createClockWorld({ path, peers: peers + 1, seconds: SECONDS, seed })

function oursIn(path: PathClass, peers: number, seed: number): readonly number[] {
  const everyone: readonly SimulatedPeer[] = Array.from({ length: peers }, () => ({}))
  const simulation = createClockSimulation({
    world: worldOf(path, peers, seed),
    peers: everyone,
    seed,
  })
  return pairErrors(peers, simulation.sharedMs, simulation.runUntil)
}

/** Distances of all pairs at each whole second. */
function pairErrors(
  peers: number,
  sharedMs: (peer: number, trueMs: number) => number | undefined,
  runUntil: (trueMs: number) => void,
): readonly number[] {
  const errors: number[] = []
  for (let second = 1; second <= SECONDS; second++) {
    runUntil(second * 1000)
    const times = Array.from({ length: peers }, (_, peer) => sharedMs(peer, second * 1000))
    if (second < FROM_SECONDS) continue
    errors.push(...distances(times))
  }
  return errors
}

/** Of each two. */
const distances = (times: readonly (number | undefined)[]): readonly number[] =>
  times.flatMap((one, index) =>
    times.slice(index + 1).map((other) => {
      if (one === undefined || other === undefined) throw new Error('every peer must have a time')
      return Math.abs(one - other)
    }),
  )
