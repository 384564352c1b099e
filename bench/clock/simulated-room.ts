import {
  type ClockSimulation,
  createClockSimulation,
  type SimulatedPeer,
} from '../../client/src/jam/testing/clock-simulation.ts'
import { createClockWorld, PATHS } from '../../client/src/jam/testing/clock-world.ts'
import type { Row } from '../rows.ts'

export type PathName = keyof typeof PATHS

export interface SimulatedRoom {
  readonly path: PathName
  readonly peers: readonly SimulatedPeer[]
  readonly seed: number
  readonly seconds: number
  readonly isLinked?: (one: number, other: number, trueMs: number) => boolean
}

export function simulateRoom({
  path,
  peers,
  seed,
  seconds,
  isLinked,
}: SimulatedRoom): ClockSimulation {
  const world = createClockWorld({ path: PATHS[path], peers: peers.length, seconds, seed })
  return createClockSimulation({ world, peers, seed, ...(isLinked && { isLinked }) })
}

/** The shared time as those believe it now who may play. */
export const timesOf = (simulation: ClockSimulation, peers: readonly number[]): readonly number[] =>
  peers.map((peer) => simulation.sharedMs(peer)).filter((ms) => ms !== undefined)

export const spreadMs = (all: readonly number[]): number => Math.max(...all) - Math.min(...all)

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[sorted.length >> 1] ?? NaN
}

/** A row of the suite with nothing beside it. */
export const clockRow = (
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
