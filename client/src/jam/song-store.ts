import { clearDocument } from 'y-indexeddb'
import * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import { openSongDisk, type SongDisk } from './song-disk.ts'

/** Keeps a song in this browser. */
export interface SongStore {
  /** False when the browser keeps nothing (private window, no room): the song then lives with its peers alone. */
  readonly keeps: Live<boolean>
  /** Keeps another document from now on. @param aside whether to keep the one before aside, in place of what was */
  replace(doc: Y.Doc, aside: boolean): void
  /** What is kept aside; undefined when nothing is. */
  aside(): Promise<Y.Doc | undefined>
  forgetAside(): void
  close: Undo
}

/** Longer than this a newcomer does not wait for its own disk; what it held is merged in when it comes. */
const PATIENCE_MS = 2000
/** A database that another tab closed is opened again, unless that does not help. */
const MAX_LOSSES = 3
const REOPEN_MS = 1000

const namesOf = (name: string): { readonly songName: string; readonly asideName: string } => ({
  songName: `beatcord/song/${name}`,
  asideName: `beatcord/aside/${name}`,
})

/** Deletes what this browser kept of a song, as soon as nobody keeps it any more. @param name as of `openSongStore` */
export function forgetSong(name: string): void {
  const { songName, asideName } = namesOf(name)
  // Where the browser keeps nothing there is nothing to delete.
  for (const each of [songName, asideName]) void clearDocument(each).catch(() => undefined)
}

/**
 * Reads what this browser kept of the song into `doc`, and keeps every change from now on.
 *
 * @param name  tells rooms apart; the room's id, never its key
 */
export async function openSongStore(name: string, doc: Y.Doc): Promise<SongStore> {
  const { songName, asideName } = namesOf(name)
  const keeps = createLive(true)
  let kept = doc
  let disk: SongDisk | undefined
  let losses = 0
  let closed = false

  async function open(): Promise<void> {
    if (closed) return
    disk = openSongDisk(songName, kept, onLost)
    await disk.read
    keeps.set(true)
  }

  function onLost(): void {
    losses += 1
    if (losses <= MAX_LOSSES) setTimeout(() => void open(), REOPEN_MS)
    else keeps.set(false)
  }

  async function openIfPossible(): Promise<void> {
    if (await canStore()) await open()
    else keeps.set(false)
  }

  async function change(better: Y.Doc, aside: Uint8Array | undefined): Promise<void> {
    try {
      if (aside !== undefined) await writeOnce(asideName, aside)
      // Written before anything is let go of: a tab that is closed now loses neither.
      await disk?.rewrite(Y.encodeStateAsUpdate(better))
      disk?.close()
      await open()
    } catch {
      // The browser has no room; the page says so.
      keeps.set(false)
    }
  }

  const patience = new Promise<'too-slow'>((resolve) => {
    setTimeout(resolve, PATIENCE_MS, 'too-slow')
  })
  // Until it answers after all.
  if ((await Promise.race([openIfPossible(), patience])) === 'too-slow') keeps.set(false)

  return {
    keeps,
    replace(better, aside) {
      const old = aside ? Y.encodeStateAsUpdate(kept) : undefined
      kept = better
      void change(better, old)
    },
    aside: () => readOnce(asideName),
    forgetAside() {
      void clearDocument(asideName)
    },
    close() {
      closed = true
      disk?.close()
    },
  }
}

/** Keeps one state under a name, in place of what was there. */
export async function writeOnce(name: string, state: Uint8Array): Promise<void> {
  const disk = openSongDisk(name, new Y.Doc(), () => undefined)
  await disk.read
  await disk.rewrite(state)
  disk.close()
}

/** What is kept under a name; undefined when nothing is. */
export async function readOnce(name: string): Promise<Y.Doc | undefined> {
  if (!(await canStore())) return undefined
  const doc = new Y.Doc()
  const disk = openSongDisk(name, doc, () => undefined)
  await disk.read
  disk.close()
  return doc.store.clients.size === 0 ? undefined : doc
}

/** y-indexeddb never settles where the database cannot be opened, so we ask first. */
const canStore = (): Promise<boolean> =>
  new Promise((resolve) => {
    try {
      const request = indexedDB.open('beatcord/probe')
      request.onsuccess = () => {
        request.result.close()
        resolve(true)
      }
      request.onerror = () => {
        resolve(false)
      }
      request.onblocked = () => {
        resolve(false)
      }
    } catch {
      // Some browsers throw here in place of an error event when storage is switched off.
      resolve(false)
    }
  })
