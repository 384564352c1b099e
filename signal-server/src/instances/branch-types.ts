import type { PeerId, Role, RoomId } from '@beatcord/shared'
import type { Clock, Undo } from '../clock.ts'
import type { HostWord, Obedience } from '../obedience.ts'
import type { RelayOutlet } from '../relay.ts'
import type { Comer, Guest, Seat } from '../room-types.ts'
import type { Entry } from '../rooms.ts'
import type { Directory, InstanceId, Lapse } from './directory.ts'
import type { HomeSettings } from './home-types.ts'
import type { Member } from './member.ts'
import type { Packet } from './packets.ts'
import type { Post } from './post.ts'

/** A room as one instance has it: at home here, or the image of one that is at home elsewhere. */
export interface Branch {
  readonly names: () => readonly RoomId[]
  open(): Promise<void> | undefined
  join(comer: Comer): Entry | Promise<Entry>
  knock(guest: Guest): Undo | undefined
  holds(peerId: PeerId): boolean
  /** Undefined when nothing is known of the room. */
  roleOf(peerId: PeerId): Role | 'no-seat' | undefined
  obey(seat: Seat, word: HostWord): Obedience | Promise<Obedience>
  onPacket(from: InstanceId, packet: Packet & { readonly room: RoomId }): void
  /** Looks after what is due. */
  tick(): void
  /** What the instances share is there, or away. */
  onUp(isUp: boolean): void
  /** Whether the room is held for all instances by this one. */
  isLeased(): boolean
  lapsed(lapse: Lapse): void
  /** An instance is gone. */
  lose(instance: InstanceId): void
  /** Instances with people in the room, as its home knows them. */
  instances(): readonly InstanceId[]
  /** How many people sit in it at this instance. */
  people(): number
  /** Whether nobody is left, or was ever here. */
  isIdle(): boolean
  /** Keeps in the directory what the next home has to know. */
  keep(): Promise<void>
  /** Gives it up to whoever takes it next. @param forgets  whether they are to find nothing of it */
  end(forgets: boolean): Promise<void>
}

/** What all branches of one instance have in common. */
export interface BranchContext {
  readonly directory: Directory
  readonly post: Post
  readonly clock: Clock
  readonly settings: HomeSettings
  /** Everybody whose socket is at this instance. */
  readonly here: Map<PeerId, Member>
  readonly outletTo: (instance: InstanceId, peer: PeerId) => RelayOutlet
  readonly nextSit: () => number
  /** Tells one life of a room from another. */
  readonly newLife: () => string
  /** From now on this branch is found by these names, in place of those before. */
  readonly named: (branch: Branch, before: readonly RoomId[], names: readonly RoomId[]) => void
  /** Whether there is a branch of that name. */
  readonly isKnown: (name: RoomId) => boolean
  /** What is left behind is to be kept again. */
  readonly keepSoon: (branch: Branch) => void
  readonly isStopping: () => boolean
}
