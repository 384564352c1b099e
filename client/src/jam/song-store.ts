import { IndexeddbPersistence } from 'y-indexeddb'
import type * as Y from 'yjs'
import type { Undo } from '../lib/scope.ts'

/** Keeps a song in this browser. */
export interface SongStore {
  /** False when the browser keeps nothing (private window, storage refused): the song then lives with its peers alone. */
  readonly keeps: boolean
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
  if (!(await Promise.race([canStore(), patience]))) return { keeps: false, close: () => undefined }
  const persistence = new IndexeddbPersistence(`beatcord/song/${name}`, doc)
  await Promise.race([persistence.whenSynced, patience])
  return {
    keeps: true,
    close: () => {
      void persistence.destroy()
    },
  }
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
