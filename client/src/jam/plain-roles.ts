import { createLive } from '../lib/live.ts'
import type { Roles } from './roles.ts'

/** A room in which everybody plays: for tests and benches of other things. */
export const EVERYBODY_PLAYS: Roles = {
  own: createLive<'player'>('player'),
  mayEdit: () => true,
  cameBefore: () => true,
}
