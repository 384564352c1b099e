import type { RoomId } from '@beatcord/shared'

/** One version of what a room has left behind, which only its people can open. */
export interface Slot {
  /** From 1; grows by one with each write, and begins anew when all was deleted or has run out. */
  readonly version: number
  readonly body: Buffer
}

export type SlotWrite =
  | { readonly outcome: 'written'; readonly version: number }
  /** Another version stands there, or none: 0. */
  | { readonly outcome: 'conflict'; readonly version: number }
  /** The store has no place for so much. */
  | { readonly outcome: 'no-room' }

/**
 * Keeps the last three versions of each room's slot for 30 days from the last write. Bytes that are not as they were
 * written count as not there. Every call rejects with `SlotsAwayError` while the store cannot be reached.
 */
export interface SlotStore {
  /** The newest version that can be read; of those below `before`, where that is given. */
  read(roomId: RoomId, before?: number): Promise<Slot | undefined>
  /** Writes one more version if `expected` is the present one; 0: there is none. */
  write(roomId: RoomId, expected: number, body: Buffer): Promise<SlotWrite>
  /** Deletes all versions. */
  remove(roomId: RoomId): Promise<void>
  close(): Promise<void>
}

export const KEPT_VERSIONS = 3
export const KEPT_MS = 30 * 86_400_000

/** The store cannot be opened or reached; it is tried again later. */
export class SlotsAwayError extends Error {
  override readonly name = 'SlotsAwayError'
}
