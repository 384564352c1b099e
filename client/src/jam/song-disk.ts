import { IndexeddbPersistence } from 'y-indexeddb'
import type * as Y from 'yjs'
import type { Undo } from '../lib/scope.ts'

/** A document in this browser's database, for as long as that holds. */
export interface SongDisk {
  /** What was kept is in the document. */
  readonly read: Promise<unknown>
  /** Puts one state in place of all that is kept, in one step. Rejects when the database will not. */
  rewrite(state: Uint8Array): Promise<void>
  /** Keeps no more; what is kept stays. */
  close: Undo
}

/**
 * Reads what is kept into the document and keeps what it becomes.
 *
 * @param onLost the database was closed, is full, or broke; told once, and nothing is kept from then on
 */
export function openSongDisk(name: string, doc: Y.Doc, onLost: Undo): SongDisk {
  const persistence = new IndexeddbPersistence(name, doc)
  const { _storeUpdate: store } = persistence
  let closed = false

  // In place of y-indexeddb's own listener: a database that was closed under it would throw at whoever edits.
  const onUpdate = (update: Uint8Array, origin: unknown): void => {
    try {
      store(update, origin)
    } catch {
      lose()
    }
  }
  doc.off('update', store)
  doc.on('update', onUpdate)

  function close(): void {
    if (closed) return
    closed = true
    doc.off('update', onUpdate)
    void persistence.destroy().catch(() => undefined)
  }

  function lose(): void {
    if (closed) return
    close()
    onLost()
  }

  persistence._db.then(
    (database) => {
      database.addEventListener('abort', lose)
      database.addEventListener('close', lose)
    },
    () => {
      lose()
    },
  )

  return {
    read: persistence.whenSynced,
    async rewrite(state) {
      const database = await persistence._db
      await new Promise((resolve, reject) => {
        const change = database.transaction('updates', 'readwrite')
        const updates = change.objectStore('updates')
        updates.clear()
        updates.add(state)
        change.addEventListener('complete', resolve)
        change.addEventListener('abort', () => {
          reject(new Error('the browser must have room for the song, had none'))
        })
      })
    },
    close,
  }
}
