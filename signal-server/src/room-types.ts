import type {
  PeerId,
  RefusalCode,
  Role,
  RosterEntry,
  Rules,
  ServerMessage,
  Verdict,
} from '@beatcord/shared'
import type { Clock, Undo } from './clock.ts'
import type { RelayOutlet } from './relay.ts'
import type { RoomState, SeatState } from './room-state.ts'
import type { PastStanding, Standing } from './standing.ts'

/** Who sits on a seat, as the room sees it: the rim puts a socket behind it. */
export interface Occupant {
  tell(message: ServerMessage): void
  end(verdict: Verdict): void
  /** Where relayed frames for this one go; undefined when none reach it. */
  readonly outlet: RelayOutlet | undefined
  /** By which instance this one is served; undefined for this one. */
  readonly instance?: string | undefined
  /** Its certificate is void. @param isAppointed whether its role is another one, of which `Seat.certified` tells all */
  restand(isAppointed: boolean): void
}

/** Somebody who comes to a room. */
export interface Comer {
  readonly peerId: PeerId
  readonly sealed: string
  readonly occupant: Occupant
  /** What they were by a certificate. */
  readonly past?: PastStanding | undefined
}

/** Somebody for whom a seat that they have elsewhere is taken here. */
export interface Taker {
  readonly occupant: Occupant
  readonly onSeated: (seat: Seat) => void
}

/** Somebody who waits outside a room. */
export interface Guest extends Comer {
  readonly onSeated: (seat: Seat) => void
  readonly turnAway: (verdict: Verdict) => void
}

/** Why a host's word was not obeyed. */
export type Disobeyed = Extract<RefusalCode, 'not-host' | 'last-host' | 'no-such-peer'>

/** What the one who sits may do; all of it does nothing once the seat is someone else's or gone. */
export interface Seat {
  standing(): Standing
  /** Everyone else in the room, at this moment. */
  roster(): readonly RosterEntry[]
  setSealed(sealed: string): void
  active(by: 'input' | 'playback'): void
  /** Passes `data` on; false when nobody of that id is here. */
  signal(to: PeerId, data: string): boolean
  /** Where relayed frames for this one go at this moment; undefined when nobody of that id is here. */
  outletOf(to: PeerId): RelayOutlet | undefined
  /** Shows the others what this one is now. */
  certified(certificate: string): void
  /** Those who wait outside; nobody for whom is no host. */
  knocks(): readonly Pick<Guest, 'peerId' | 'sealed'>[]
  setRules(rules: Rules): Disobeyed | undefined
  setRole(peerId: PeerId, role: Role): Disobeyed | undefined
  answerKnock(peerId: PeerId, letIn: boolean): Disobeyed | undefined
  remove(peerId: PeerId): Disobeyed | undefined
  /** The occupant is lost; the seat waits for a while. */
  vacate(): void
  /** Gives the seat up at once. */
  leave(): void
}

/** The peers of one room. Knows no socket. */
export interface Room {
  /** Seats somebody, after ending whoever sat on this seat before; or says why not, or that they have to be let in. */
  join(comer: Comer): Seat | 'room-full' | 'locked' | 'knock'
  /** Waits outside. @returns what ends that; undefined when too many wait already */
  knock(guest: Guest): Undo | undefined
  holds(peerId: PeerId): boolean
  roleOf(peerId: PeerId): Role | 'no-seat'
  /** Makes all certificates void. */
  restand(): void
  /** Who sits here and how the room is kept, as others are told of it. */
  state(): RoomState
  /**
   * Takes in what a part of this room was elsewhere: those it lists keep seat and role as far as the two agree, and as
   * the newer epoch of one life, or the older of two lives, says where they do not.
   *
   * @param takerOf who sits on a seat of theirs; undefined leaves the seat as it is here, or away
   * @param isKnown whether everybody has been told of all that already
   */
  merge(theirs: RoomState, takerOf: (seat: SeatState) => Taker | undefined, isKnown: boolean): void
  /** Forgets every seat and tells nobody. */
  close(): void
}

export interface RoomSettings {
  readonly cap: number
  readonly goneAfterMs: number
  readonly inactivityTimeoutMs: number
  /** What certificates of this room say who signed them, until it is merged with another. */
  readonly serverId: string
  readonly clock: Clock
  /** Whether others are no longer told of seats that are left. */
  readonly isHushed: () => boolean
  readonly onEmpty: Undo
  /** How many are here, before and after. */
  readonly onHere: (before: number, after: number) => void
  /** Hears what all are told, and of every new epoch: what `Room.state` says may be other then. */
  readonly onTold?: (message: ServerMessage | 'restand') => void
}
