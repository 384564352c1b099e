import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { SignalClient } from '../net/signal-client-types.ts'
import type { Timers } from '../net/timers.ts'

const INPUTS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
/** Often enough for the server to know, seldom enough to be nothing. */
const MAX_PERIOD_MS = 30_000

/**
 * Tells the server that someone is at this page, or that the jam is audible here.
 *
 * @param audible  asked a few times in each span of the server's patience
 * @returns the end of it
 */
export function reportActivity(
  target: Window,
  signal: Pick<SignalClient, 'reportActive' | 'inactivityTimeoutMs'>,
  audible: Live<boolean>,
  timers: Timers,
): Undo {
  const scope = createScope()
  let lastInputMs = -Infinity
  const periodMs = (): number => Math.min(MAX_PERIOD_MS, signal.inactivityTimeoutMs.read() / 4)
  const onInput = (): void => {
    const nowMs = timers.now()
    if (nowMs - lastInputMs < periodMs()) return
    lastInputMs = nowMs
    signal.reportActive('input')
  }
  for (const input of INPUTS) {
    target.addEventListener(input, onInput, { capture: true, passive: true })
    scope.own(() => {
      target.removeEventListener(input, onInput, { capture: true })
    })
  }

  let undoWait: Undo = () => undefined
  const reportPlayback = (): void => {
    if (audible.read()) signal.reportActive('playback')
    undoWait = timers.after(periodMs(), reportPlayback)
  }
  reportPlayback()
  scope.own(() => {
    undoWait()
  })
  scope.own(audible.subscribe((is) => is && signal.reportActive('playback')))
  return scope.close
}
