import { browsers } from './browsers.ts'
import { hostileBytes } from './hostile/bytes.ts'
import { hostileClaims } from './hostile/claims.ts'
import { hostileFloods } from './hostile/floods.ts'
import { hostileMember } from './hostile/member.ts'
import { hostileServer } from './hostile/server.ts'
import type { Scenario } from './scenario.ts'
import { schedules } from './schedules/schedules.ts'

/** All that the mesh has to stand; rows are those of the table of what a hostile member can do. */
export const meshSuite: readonly Scenario[] = [
  schedules,
  ...hostileBytes,
  ...hostileClaims,
  ...hostileFloods,
  ...hostileMember,
  ...hostileServer,
  ...browsers,
]
