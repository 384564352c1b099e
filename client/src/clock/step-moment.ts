import { beatAt, isPlayingAt, timeAt } from './tempo-map.ts'
import { BEATS_PER_BAR } from '../sequence/time.ts'
import type { Transport } from './transport.ts'

/** Half of the shortest step: none begins there, and none is rounded over it. */
const BEFORE_BEAT = 1 / 32

/**
 * When another step count is to begin: half of the shortest step before the first beat that leaves everybody until `soonestMs` to
 * hear of it. So however its moment is rounded to frames, it stands on the same side of every step.
 *
 * @returns undefined when the song does not play then: nothing has to be agreed
 */
export const stepMoment = (transport: Transport, soonestMs: number): number | undefined =>
  momentBefore(transport, soonestMs, 1)

/** The same of a bar: when another pattern begins. */
export const barMoment = (transport: Transport, soonestMs: number): number | undefined =>
  momentBefore(transport, soonestMs, BEATS_PER_BAR)

function momentBefore(transport: Transport, soonestMs: number, beats: number): number | undefined {
  if (!isPlayingAt(transport, soonestMs)) return undefined
  const beat = beats * Math.ceil((beatAt(transport, soonestMs) + BEFORE_BEAT) / beats)
  return timeAt(transport, beat - BEFORE_BEAT)
}
