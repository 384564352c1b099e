import type { PeerId, RoomId } from '@beatcord/shared'
import type { Undo } from '../clock.ts'
import type { HostWord, Obedience } from '../obedience.ts'
import type { RelayOutlet } from '../relay.ts'
import type { RoomState } from '../room-state.ts'
import type { Room, RoomSettings, Seat } from '../room-types.ts'
import type { InstanceId } from './directory.ts'
import type { Ghosts } from './ghosts.ts'
import type { Member } from './member.ts'
import type { PacketOf } from './packets.ts'
import type { Post } from './post.ts'

/** A room whose decisions are made at this instance, for people of all instances. */
export interface Home {
  readonly room: Room
  /** All there is to be known of it, as others were told. */
  state(): RoomState
  /** Those with people in it, this one left out. */
  instances(): readonly InstanceId[]
  /** What people at other instances want of it. */
  join(from: InstanceId, packet: PacketOf<'join'>): void
  say(from: InstanceId, packet: PacketOf<'say'>): void
  unknock(from: InstanceId, sit: number): void
  reseat(from: InstanceId, packet: PacketOf<'reseat'>): void
  look(from: InstanceId, packet: PacketOf<'look'>): void
  /** That instance is gone, and everybody there is away. */
  lose(instance: InstanceId): void
  /** Has other names than before. */
  renamed(): void
  /** Ends here. Those at other instances are told to look for it. */
  end(): void
}

export interface HomeOptions {
  readonly me: InstanceId
  readonly settings: HomeSettings
  /** The latest last. */
  readonly names: () => readonly RoomId[]
  readonly post: Post
  readonly outletTo: (instance: InstanceId, peer: PeerId) => RelayOutlet
  readonly members: ReadonlyMap<PeerId, Member>
  readonly ghosts: Ghosts
  /** What would be left behind is other than before. */
  readonly onChanged: Undo
  readonly obey: (seat: Seat, word: HostWord) => Obedience | Promise<Obedience>
}

export type HomeSettings = Omit<RoomSettings, 'onEmpty' | 'onHere' | 'isHushed' | 'onTold'>
