import type { RoomId } from '@beatcord/shared'
import type { SlotStore } from './slot-store.ts'

/** One store in the hands of a test. */
export interface StoreStage {
  readonly store: SlotStore
  /** Lets so much time pass by the store's own clock. */
  pass(ms: number): Promise<void>
  /** Changes the stored bytes of one version; of all that are kept where none is given. */
  spoil(roomId: RoomId, version: number, how: (body: Buffer) => Buffer): Promise<void>
  /** The same contents under another process. */
  restarted(): Promise<SlotStore>
  close(): Promise<void>
}
