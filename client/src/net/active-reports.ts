import type { Timers } from './timers.ts'

const EVERY_MS = 5000

/**
 * Says of each kind of activity only every few seconds that there was some.
 *
 * @param timeoutMs after which the server takes somebody for idle
 * @param send      false when it did not leave
 */
export function createActiveReports(
  timers: Pick<Timers, 'now'>,
  timeoutMs: () => number,
  send: (by: 'input' | 'playback') => boolean,
): (by: 'input' | 'playback') => void {
  const saidMs = new Map<'input' | 'playback', number>()
  return (by) => {
    const everyMs = Math.min(EVERY_MS, timeoutMs() / 3)
    if (timers.now() - (saidMs.get(by) ?? -Infinity) < everyMs) return
    if (send(by)) saidMs.set(by, timers.now())
  }
}
