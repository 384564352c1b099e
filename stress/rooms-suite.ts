import { instances } from './rooms/instances.ts'
import { rollingRestart } from './rooms/rolling-restart.ts'
import { slots } from './rooms/slots.ts'
import type { Scenario } from './scenario.ts'

/** All that rooms have to stand that outlive processes, and are of several. */
export const roomsSuite: readonly Scenario[] = [...instances, ...rollingRestart, ...slots]
