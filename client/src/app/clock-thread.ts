import workerUrl from '../net/clock-thread-worker.ts?worker&url'
import type { ClockThread } from '../net/clock-thread.ts'
import { createClockThread } from '../net/clock-thread.ts'
import type { Timers } from '../net/timers.ts'

/** @returns undefined where the page may have no workers */
export function startClockThread(
  page: Window & typeof globalThis,
  timers: Timers,
): ClockThread | undefined {
  try {
    const worker = new page.Worker(workerUrl, { type: 'module', name: 'clock' })
    return createClockThread({ worker, originMs: page.performance.timeOrigin, timers })
  } catch {
    // Too old a browser, or a policy that forbids it: the page's own thread carries the clock lanes.
    return undefined
  }
}
