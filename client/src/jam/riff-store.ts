import * as idb from 'lib0/indexeddb'
import type { RiffStore } from './riff-journal.ts'

const RIFFS = 'riffs'
const FORGOTTEN = 'forgotten'

/**
 * Keeps a room's riffs in this browser's database, for as long as that holds.
 *
 * @param tag  names the room in this browser
 */
export function createRiffStore(tag: string): RiffStore & {
  /** Forgets everything. */
  clear(): Promise<void>
} {
  const opened = open(tag)
  // Whoever asks is told; until then it is nobody's error.
  opened.catch(() => undefined)
  const change = async (
    how: (riffs: IDBObjectStore, forgotten: IDBObjectStore) => unknown,
  ): Promise<void> => {
    try {
      const [riffs, forgotten] = idb.transact(await opened, [RIFFS, FORGOTTEN])
      if (riffs !== undefined && forgotten !== undefined) await how(riffs, forgotten)
    } catch {
      // The browser keeps nothing, or has no room: the others have it, and the slot.
    }
  }
  return {
    async read() {
      const found: Awaited<ReturnType<RiffStore['read']>>[] = []
      await change(async (riffs, forgotten) => {
        const [bytes, ids] = await Promise.all([idb.getAll(riffs), idb.getAllKeys(forgotten)])
        found.push({
          riffs: bytes.flatMap((each) =>
            each instanceof ArrayBuffer ? [new Uint8Array(each)] : [],
          ),
          forgotten: ids.filter((id) => typeof id === 'string'),
        })
      })
      return found[0] ?? { riffs: [], forgotten: [] }
    },
    clear: () =>
      change((riffs, forgotten) =>
        Promise.all([riffs, forgotten].map((store) => idb.rtop(store.clear()))),
      ),
    put: (id, bytes) => change((riffs) => idb.put(riffs, bytes.slice().buffer, id)),
    remove(id, isForgotten) {
      void change((riffs, forgotten) =>
        Promise.all([idb.del(riffs, id), isForgotten && idb.put(forgotten, 1, id)]),
      )
    },
  }
}

async function open(tag: string): Promise<IDBDatabase> {
  return idb.openDB(`beatcord/riffs/${tag}`, (database) => {
    idb.createStores(database, [[RIFFS], [FORGOTTEN]])
  })
}
