import { openOfflineDisk } from '../jam/offline-disk.ts'
import { createRiffStore } from '../jam/riff-store.ts'
import { forgetSong } from '../jam/song-store.ts'
import { createTakeStore } from '../jam/take-store.ts'
import { metKey } from './offline-desk.ts'
import type { Drawer } from './storage.ts'

/** Has this browser forget a room: its song, riffs, past, and what was written there offline. @param tag names it here */
export async function forgetRoom(tag: string, drawer: Drawer): Promise<void> {
  forgetSong(tag)
  openOfflineDisk(tag).forget()
  drawer.write(metKey(tag), '')
  await Promise.all([createRiffStore(tag).clear(), createTakeStore(tag).replace([])])
}
