import type { RoomKeys } from '../net/room-keys.ts'
import { browserSecret } from './browser-secret.ts'
import { tagOf } from './ids.ts'
import type { Drawer } from './storage.ts'

const tagFrom = ({ authKey }: RoomKeys): Promise<string> => tagOf(`room ${authKey}`)
const drawerKey = (tag: string): string => `moved/${tag}`

/** What this browser keeps a room's things under: of one that has moved still what it was first. */
export async function roomTag(keys: RoomKeys, drawer: Drawer): Promise<string> {
  const tag = await tagFrom(keys)
  return drawer.read(drawerKey(tag)) ?? tag
}

/** Names this browser in a room, so that its person finds their track again. @param tag  names the room here */
export const homeIn = (tag: string, drawer: Drawer): Promise<string> =>
  tagOf(`home ${browserSecret(drawer)} ${tag}`)

/** The room has these keys now; what was kept of it stays where it is. */
export async function rememberTag(keys: RoomKeys, drawer: Drawer, tag: string): Promise<void> {
  drawer.write(drawerKey(await tagFrom(keys)), tag)
}
