import { beatAt, isPlayingAt, timeAt } from './tempo-map.ts'
import type { Transport } from './transport.ts'

/** Rounding may put a moment that is on a beat behind it by so little. */
const ON_BEAT = 1e-6

/**
 * The first beat of the playing song at `soonestMs` or later, in shared time; where it stands then, or ends before that
 * beat, `soonestMs` itself.
 */
export function beatMoment(transport: Transport, soonestMs: number): number {
  if (!isPlayingAt(transport, soonestMs)) return soonestMs
  const beat = Math.ceil(beatAt(transport, soonestMs) - ON_BEAT)
  return Math.max(soonestMs, timeAt(transport, beat) ?? soonestMs)
}
