import { instances } from './rooms/instances.ts'
import { rollingRestart } from './rooms/rolling-restart.ts'
import type { Scenario } from './scenario.ts'

/** All that rooms of several instances have to stand. */
export const roomsSuite: readonly Scenario[] = [...instances, ...rollingRestart]
