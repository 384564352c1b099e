import type { Live } from '../lib/live.ts'
import type { RoomKeys } from '../net/room-keys.ts'
import type { Timers } from '../net/timers.ts'
import type { AudioOutput } from './audio-output.ts'
import type { Arrival } from './session-types.ts'
import type { Drawer } from './storage.ts'

/** What somebody joins a room with. */
export interface ArrivalOptions {
  readonly page: Window & typeof globalThis
  readonly keys: RoomKeys
  /** Whether the room has a secret, and not only a name. */
  readonly isPrivate: boolean
  /** The room has another secret now. */
  readonly onMoved: (secret: Uint8Array) => void
  readonly name: string
  /** Made within the tap that joins, so that sound may begin. */
  readonly output: AudioOutput
  /** Remembers across tabs and days; and for this tab alone. */
  readonly drawer: Drawer
  readonly tabDrawer: Drawer
  readonly timers: Timers
  readonly random: () => number
  readonly hidesAddress: Live<boolean>
  /** `ws:` or `wss:`. */
  readonly signalUrl: string
  readonly inviteLink: Live<string>
  readonly onRename: (name: string) => void
  /** The jam is to leave no trace in this browser's list. */
  readonly onForget: () => void
  readonly onLeave: (arrival: Arrival) => void
}
