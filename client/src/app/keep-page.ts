import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { Connection } from './states.ts'

const FILE = '/service-worker.js'
/** What is seen of the jam is fetched first. */
const KEEP_AFTER_MS = 3000

/**
 * Has this browser keep the page, so that it starts without a network; and look for the next build of it at once where
 * the server says that there is one. A browser that keeps nothing gets the page from the server, as ever.
 */
export function keepPage(
  { navigator }: { readonly navigator: { readonly serviceWorker?: ServiceWorkerContainer } },
  connection: Live<Connection>,
  timers: Pick<Timers, 'after'>,
): Undo {
  const scope = createScope()
  const workers = navigator.serviceWorker
  if (workers === undefined) return scope.close
  // Switched off by a policy, no room on the disk, the server just gone: the next visit tries again.
  const ignoreRefusal = (): void => undefined
  scope.own(
    timers.after(KEEP_AFTER_MS, () => {
      workers.register(FILE, { updateViaCache: 'none' }).catch(ignoreRefusal)
    }),
  )
  scope.own(
    connection.subscribe(({ status }) => {
      if (status !== 'outdated') return
      workers
        .getRegistration()
        .then((registration) => registration?.update())
        .catch(ignoreRefusal)
    }),
  )
  return scope.close
}
