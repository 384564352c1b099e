import { deriveRoomKeys } from '../net/room-keys.ts'
import { forgetRoom } from './forget-room.ts'
import { forgetMemory } from './jam-memory.ts'
import { JAM_PATH, parseAddress } from './invite.ts'
import { roomTag } from './room-tag.ts'
import type { Drawer } from './storage.ts'

/** Has this browser forget all that it kept of the room that a link names. */
export async function forgetJamHere(href: string, drawer: Drawer): Promise<void> {
  forgetMemory(drawer, href)
  const address = parseAddress(href.slice(JAM_PATH.length))
  if (address.kind !== 'open' && address.kind !== 'private') return
  const secret = address.kind === 'private' ? address.secret : { name: address.name }
  await forgetRoom(await roomTag(await deriveRoomKeys(secret), drawer), drawer)
}
