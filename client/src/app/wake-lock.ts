import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'

/**
 * Keeps the screen on while the song plays and the page is seen, where the browser lets us.
 *
 * @param changes  what `plays` goes by
 * @returns the end of it
 */
export function keepAwake(
  target: Window,
  plays: () => boolean,
  changes: readonly Live<unknown>[],
): Undo {
  const scope = createScope()
  const { document, navigator } = target
  const wakeLock = navigator.wakeLock as WakeLock | undefined
  if (wakeLock === undefined) return scope.close
  let wanted = false
  let held: WakeLockSentinel | undefined

  const refresh = (): void => {
    wanted = plays() && document.visibilityState === 'visible'
    if (!wanted) {
      void held?.release()
      held = undefined
    } else if (held === undefined || held.released) {
      wakeLock.request('screen').then(take, ignoreRefusal)
    }
  }
  const take = (sentinel: WakeLockSentinel): void => {
    if (wanted && (held === undefined || held.released)) held = sentinel
    else void sentinel.release()
  }
  // A battery saver or a policy may refuse; the music does not need the screen.
  const ignoreRefusal = (): void => undefined

  for (const change of changes) scope.own(change.subscribe(refresh))
  document.addEventListener('visibilitychange', refresh)
  scope.own(() => {
    document.removeEventListener('visibilitychange', refresh)
    wanted = false
    void held?.release()
  })
  return scope.close
}
