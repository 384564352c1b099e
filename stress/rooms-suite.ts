import { inBrowsers, LONG } from './browsers.ts'
import { instances } from './rooms/instances.ts'
import { rollingRestart } from './rooms/rolling-restart.ts'
import { fullDisk } from './rooms/full-disk.ts'
import { sealedSlots } from './rooms/sealed-slots.ts'
import { slots } from './rooms/slots.ts'
import type { Scenario } from './scenario.ts'

/** All that rooms have to stand that outlive processes, and are of several. */
export const roomsSuite: readonly Scenario[] = [
  ...instances,
  ...rollingRestart,
  ...slots,
  ...sealedSlots,
  ...fullDisk,
  inBrowsers(
    'what a room left behind, both instances, and a new build, in browsers',
    ['revival.spec.ts', 'instances.spec.ts', 'offline.spec.ts'],
    () => LONG,
  ),
]
