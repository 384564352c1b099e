import type { PeerId, Role, RosterEntry } from '@beatcord/shared'
import type { Undo } from './clock.ts'
import type { IdleWatch } from './idle.ts'
import type { Occupant } from './room-types.ts'

/** A seat, and who is on it. */
export interface Holding {
  role: Role
  readonly since: number
  /** The epoch of the certificate by which this one came; undefined where the order in which people came decided. */
  readonly cameByEpoch: number | undefined
  sealed: string
  occupant: Occupant | undefined
  idle: IdleWatch | undefined
  endAway: Undo | undefined
}

/** Who becomes the host of a room that has none: the player who has sat there longest, those before all who are here. */
export function heirOf(seats: ReadonlyMap<PeerId, Holding>): PeerId | undefined {
  const players = [...seats].filter(([, { role }]) => role === 'player')
  const here = players.filter(([, holding]) => isHere(holding))
  const [heir] = (here.length > 0 ? here : players).sort(([, a], [, b]) => a.since - b.since)
  return heir?.[0]
}

export const isHere = ({ occupant }: Holding): boolean => occupant !== undefined

/** What the others are told of a seat. */
export const entryOf = (peerId: PeerId, holding: Holding): RosterEntry => ({
  peerId,
  presence: isHere(holding) ? 'here' : 'away',
  role: holding.role,
  sealed: holding.sealed,
})
