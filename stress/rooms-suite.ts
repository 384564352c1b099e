import { slots } from './rooms/slots.ts'
import type { Scenario } from './scenario.ts'

/** All that rooms of several instances have to stand. */
export const roomsSuite: readonly Scenario[] = [...slots]
