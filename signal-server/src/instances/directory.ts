import type { RoomId } from '@beatcord/shared'
import type { Undo } from '../clock.ts'

/** Names a server process among those that serve one address: 16 hexadecimal digits, new at each start. */
export type InstanceId = string

/** What became of asking for a room. */
export interface Claim {
  /** Whose the room is now. */
  readonly home: InstanceId
  /** What its homes left behind; '' for nothing. */
  readonly left: string
}

/** What became of a lease that was to be renewed. */
export interface Lapse {
  readonly name: RoomId
  /** Whose the room is; undefined when it is still ours, and what we left behind is gone. */
  readonly home: InstanceId | undefined
}

/** How long a home may be silent before its rooms are anybody's. */
export const LEASE_MS = 15_000
/** What a home leaves behind outlives it by longer than a seat waits, so that nobody who comes back is missed. */
export const KEEP_MS = 60_000

/**
 * What the instances of one address share: whose each room is, what is to be known of it when its home is gone, and a way
 * from each instance to each. Whatever asks something rejects at once while it is away, and after 500 ms at the latest.
 */
export interface Directory {
  readonly me: InstanceId
  /** Whether it answers. */
  isUp(): boolean
  /** Runs each time that changes. */
  onUp(listener: (isUp: boolean) => void): Undo
  /**
   * Takes a room that is nobody's, for `LEASE_MS`, at one blow.
   *
   * @param lost an instance that is known to be gone: what it holds counts as nobody's
   */
  claim(name: RoomId, lost?: InstanceId): Promise<Claim>
  /** Holds on to rooms of ours. @returns those of them with which something is wrong */
  renew(names: readonly RoomId[]): Promise<readonly Lapse[]>
  /** Leaves something behind for who has the room next, as long as it is ours. */
  keep(name: RoomId, left: string): Promise<void>
  /** Gives a room of ours up. @param forgets whether what was left behind goes too */
  release(name: RoomId, forgets: boolean): Promise<void>
  /** @returns false when nobody listens there */
  send(to: InstanceId, packet: Uint8Array): Promise<boolean>
  /** One listener hears all that is sent to `me`. */
  onPacket(listener: (packet: Uint8Array) => void): void
  /** Milliseconds of a clock that all instances share, to some ten. */
  nowMs(): number
  close(): Promise<void>
}

/** Says that it cannot be asked now. */
export class DirectoryAway extends Error {
  constructor(options?: ErrorOptions) {
    super('what the instances share is away', options)
  }
}
