import type { Scenario } from './scenario.ts'
import { restarts } from './server/restarts.ts'
import { silence } from './server/silence.ts'
import { strangers } from './server/strangers.ts'

/** All that the signal server has to stand. */
export const serverSuite: readonly Scenario[] = [...strangers, ...silence, ...restarts]
