import * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import { openSongStore } from './song-store.ts'

/** A song as this browser kept it, before anyone else's word. */
export interface OpenSong {
  readonly doc: Y.Doc
  /** Whether this browser keeps it. */
  readonly kept: Live<boolean>
  /** Keeps another document from now on. @param aside whether to keep the one before aside */
  replace(doc: Y.Doc, aside: boolean): void
  /** What an earlier page kept aside; undefined when nothing. */
  aside(): Promise<Y.Doc | undefined>
  forgetAside(): void
  close: Undo
}

/**
 * Reads the song from the disk. To be awaited before the first word to the server: what peers say while nobody listens
 * would be lost.
 *
 * @param storeName  tells the room's song apart from others in this browser; without it nothing is kept
 */
export async function openSong(storeName?: string): Promise<OpenSong> {
  const doc = new Y.Doc()
  let current = doc
  const store = storeName === undefined ? undefined : await openSongStore(storeName, doc)
  // What stands on something that never came would be passed on for ever, and taken by nobody.
  doc.store.pendingStructs = null
  doc.store.pendingDs = null
  return {
    doc,
    kept: store?.keeps ?? createLive(false),
    replace(better, aside) {
      store?.replace(better, aside)
      current.destroy()
      current = better
    },
    aside: async () => store?.aside(),
    forgetAside() {
      store?.forgetAside()
    },
    close() {
      store?.close()
      current.destroy()
    },
  }
}
