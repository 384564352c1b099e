import { beatAt, isPlayingAt, timeAt } from './tempo-map.ts'
import type { Transport } from './transport.ts'

/** Half a sixteenth: no step begins there, and none is rounded over it. */
const BEFORE_BEAT = 1 / 8

/**
 * When another step count is to begin: half a sixteenth before the first beat that leaves everybody until `soonestMs` to
 * hear of it. So however its moment is rounded to frames, it stands on the same side of every step.
 *
 * @returns undefined when the song does not play then: nothing has to be agreed
 */
export function stepMoment(transport: Transport, soonestMs: number): number | undefined {
  if (!isPlayingAt(transport, soonestMs)) return undefined
  const beat = Math.ceil(beatAt(transport, soonestMs) + BEFORE_BEAT)
  return timeAt(transport, beat - BEFORE_BEAT)
}
