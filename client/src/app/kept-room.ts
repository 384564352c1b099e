import type { Jam } from '../jam/jam.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import { createSlotClient, type SlotClientOptions } from '../net/slot-client.ts'
import { SLOT_WORDS } from '../words/slots.ts'
import type { ArrivalOptions } from './arrival-types.ts'
import { forgetRoom } from './forget-room.ts'
import type { Room } from './room.ts'
import { createSlotKeeper, type SlotKeeper, type SlotKeeperOptions } from './slot-keeper.ts'

/** What stays of the room when everybody has left, here and at the server. */
export interface KeptRoom {
  readonly flush: SlotKeeper['flush']
  /** @param leave  out of the jam, writing nothing more */
  deleteJam(leave: Undo): Promise<void>
  readonly close: Undo
}

export interface KeptRoomOptions
  extends
    Pick<ArrivalOptions, 'page' | 'timers' | 'drawer' | 'onForget'>,
    Pick<SlotKeeperOptions, 'read' | 'keyring' | 'roles' | 'beside'> {
  readonly ask: SlotClientOptions
  readonly room: Pick<Room, 'signal' | 'mesh'>
  readonly jam: Pick<Jam, 'copy' | 'writable'>
  /** Names the room in this browser. */
  readonly tag: string
}

const FORGET_AFTER_MS = 500

export function createKeptRoom(options: KeptRoomOptions): KeptRoom {
  const { page, room, timers } = options
  const scope = createScope()
  const keeper = createSlotKeeper({
    ...options,
    ...room,
    client: createSlotClient(options.ask),
  })
  scope.own(keeper.close)
  const onHidden = (): void => {
    if (page.document.visibilityState === 'hidden') keeper.flush()
  }
  page.document.addEventListener('visibilitychange', onHidden)
  page.addEventListener('pagehide', keeper.flush)
  scope.own(() => {
    page.document.removeEventListener('visibilitychange', onHidden)
    page.removeEventListener('pagehide', keeper.flush)
  })
  return {
    flush: keeper.flush,
    async deleteJam(leave) {
      // Who may only listen takes away what is here.
      if ((await keeper.remove()) === 'away') throw new Error(SLOT_WORDS.notDeleted)
      options.onForget()
      leave()
      // Once the jam has written its last.
      await new Promise((resolve) => timers.after(FORGET_AFTER_MS, () => resolve(undefined)))
      await forgetRoom(options.tag, options.drawer)
    },
    close: scope.close,
  }
}
