import type { Role, Rules, SeatClaims } from '@beatcord/shared'

/** What somebody is in a room, and how the room is kept; of one room nothing holds that is of an earlier epoch. */
export interface Standing {
  readonly role: Role
  readonly rules: Rules
  readonly epoch: number
  /** Which life of the room this is of: the `serverId` of its welcomes. */
  readonly iss: string
  /** When the seat was taken, in seconds since 1970. */
  readonly since: number
}

/** What a room was like by the certificate of somebody who comes back to it. */
export type PastStanding = Pick<SeatClaims, 'role' | 'rules' | 'epoch' | 'since' | 'iss'>

/** How a room is kept until a host says otherwise. */
export const FIRST_RULES: Rules = { door: 'open', newcomers: 'player' }
