import type { PeerId, RoomId, ServerMessage } from '@beatcord/shared'
import type { RelayOutlet } from '../relay.ts'
import type { RoomState } from '../room-state.ts'
import type { Comer, Seat } from '../room-types.ts'
import type { Entry } from '../rooms.ts'
import type { InstanceId } from './directory.ts'
import type { Member, Waiting } from './member.ts'
import type { Mirror } from './mirror.ts'
import type { Packet, Word } from './packets.ts'

/** A room whose home is another instance, as it is seen from here. */
export interface Edge {
  readonly home: () => InstanceId
  readonly mirror: () => Mirror | undefined
  readonly state: () => RoomState | undefined
  /** Its home is that instance now. */
  moveTo(home: InstanceId): void
  /** Asks the home whether what is known here is the last. Resolves with true when it is. */
  look(): Promise<true>
  /** Asks the home for a seat, and goes by what is known here when it is silent. @returns undefined when this has ended */
  join(member: Member, comer: Comer): Promise<Entry | undefined>
  /** How somebody who is to knock is known to the home. */
  sitOf(peerId: PeerId): Pick<Member, 'sit' | 'satMs'> | undefined
  unknock(sit: number): void
  say(member: Member, word: Word): void
  /** @returns false when nobody of that id is here */
  pass(to: PeerId, message: Extract<ServerMessage, { type: 'signal' }>): boolean
  outletOf(to: PeerId): RelayOutlet | undefined
  /** Tells the home who sits here, and what the room was like here. */
  reseat(): void
  onPacket(from: InstanceId, packet: Packet): void
  tick(): void
  end(): void
}

/** Those of the branch, which this reads and adds to. */
export interface EdgePeople {
  readonly members: ReadonlyMap<PeerId, Member>
  readonly guests: Map<PeerId, Waiting>
  readonly names: () => readonly RoomId[]
  readonly rename: (names: readonly RoomId[]) => void
  readonly seated: (member: Member) => void
  readonly seatOf: (member: Member) => Seat
  /** The home is not to be found. */
  readonly lost: () => void
}
