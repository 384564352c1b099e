import type { Scenario } from './scenario.ts'
import { schedules } from './schedules/schedules.ts'

/** All that the mesh has to stand. */
export const meshSuite: readonly Scenario[] = [schedules]
