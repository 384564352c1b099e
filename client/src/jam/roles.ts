import type { PeerId, Role } from '@beatcord/shared'
import type { Live } from '../lib/live.ts'

/** Who may write in the song. */
export interface Roles {
  readonly own: Live<Role>
  /** False for a listener, as far as we know. */
  mayEdit(peer: PeerId): boolean
  /** Whether this one was in the room already when we came. */
  cameBefore(peer: PeerId): boolean
}
