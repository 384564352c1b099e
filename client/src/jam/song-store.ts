import { clearDocument, IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import type { Undo } from '../lib/scope.ts'

/** Keeps a song in this browser. */
export interface SongStore {
  /** False when the browser keeps nothing (private window, storage refused): the song then lives with its peers alone. */
  readonly keeps: boolean
  /** Keeps another document from now on, and the one before aside, in place of what was kept aside before. */
  replace(doc: Y.Doc): void
  /** What is kept aside; undefined when nothing is. */
  aside(): Promise<Y.Doc | undefined>
  forgetAside(): void
  close: Undo
}

/** Longer than this a newcomer does not wait for its own disk; what it held is merged in when it comes. */
const PATIENCE_MS = 2000

/**
 * Reads what this browser kept of the song into `doc`, and keeps every change from now on.
 *
 * @param name  tells rooms apart; the room's id, never its key
 */
export async function openSongStore(name: string, doc: Y.Doc): Promise<SongStore> {
  const patience = new Promise<false>((resolve) => {
    setTimeout(resolve, PATIENCE_MS, false)
  })
  if (!(await Promise.race([canStore(), patience]))) return KEEPS_NOTHING
  let kept = doc
  let persistence = new IndexeddbPersistence(songName(name), doc)
  await Promise.race([persistence.whenSynced, patience])

  async function replace(better: Y.Doc, aside: Uint8Array): Promise<void> {
    await clearDocument(asideName(name))
    await keepOnce(asideName(name), aside)
    await persistence.clearData()
    persistence = new IndexeddbPersistence(songName(name), better)
  }

  return {
    keeps: true,
    replace(better) {
      const aside = Y.encodeStateAsUpdate(kept)
      kept = better
      void replace(better, aside)
    },
    aside: () => readOnce(asideName(name)),
    forgetAside() {
      void clearDocument(asideName(name))
    },
    close: () => {
      void persistence.destroy()
    },
  }
}

const songName = (name: string): string => `beatcord/song/${name}`
const asideName = (name: string): string => `beatcord/aside/${name}`

const KEEPS_NOTHING: SongStore = {
  keeps: false,
  replace: () => undefined,
  aside: () => Promise.resolve(undefined),
  forgetAside: () => undefined,
  close: () => undefined,
}

/** Writes a document down and lets go of it. */
async function keepOnce(name: string, update: Uint8Array): Promise<void> {
  const doc = new Y.Doc()
  const persistence = new IndexeddbPersistence(name, doc)
  await persistence.whenSynced
  Y.applyUpdate(doc, update)
  await persistence.destroy()
  doc.destroy()
}

async function readOnce(name: string): Promise<Y.Doc | undefined> {
  const doc = new Y.Doc()
  const persistence = new IndexeddbPersistence(name, doc)
  await persistence.whenSynced
  await persistence.destroy()
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
