import type { Undo } from '../lib/scope.ts'
import { createScope } from '../lib/scope.ts'
import type { Keyring } from '../net/keyring.ts'
import type { Timers } from '../net/timers.ts'
import { createMoving } from './moving.ts'
import { rememberTag } from './room-tag.ts'
import type { Room } from './room.ts'
import type { Drawer } from './storage.ts'

export interface RoomMovingOptions {
  readonly room: Pick<Room, 'signal' | 'mesh' | 'onMoved'>
  readonly keyring: Keyring
  readonly timers: Pick<Timers, 'now'>
  readonly drawer: Drawer
  /** Names the room in this browser. */
  readonly tag: string
  /** Whether the room has a secret, and not only a name. */
  readonly isPrivate: boolean
  /** The room has another secret now: its old link leads nowhere. */
  readonly onMoved: (secret: Uint8Array) => void
}

export interface RoomMoving {
  readonly remove: ReturnType<typeof createMoving>['remove']
  readonly close: Undo
}

/** Follows the room to its next secret, and remembers where it went. */
export function followRoom(options: RoomMovingOptions): RoomMoving {
  const { room, drawer, tag } = options
  const scope = createScope()
  const moving = createMoving({
    ...options,
    ...room,
    onMoved(secret, keys) {
      void rememberTag(keys, drawer, tag)
      options.onMoved(secret)
    },
  })
  scope.own(moving.close)
  scope.own(room.onMoved(moving.hear))
  return { remove: moving.remove, close: scope.close }
}
