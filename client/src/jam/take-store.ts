import * as idb from 'lib0/indexeddb'
import { isFields } from '../lib/parse-json.ts'
import type { Take, TakeStore } from './recording.ts'

const TAKES = 'takes'

/**
 * Keeps how a room's song was written in this browser's database, for as long as that holds.
 *
 * @param tag  names the room in this browser
 */
export function createTakeStore(tag: string): TakeStore {
  const opened = idb.openDB(`beatcord/takes/${tag}`, (database) => {
    idb.createStores(database, [[TAKES, { autoIncrement: true }]])
  })
  // Whoever asks is told; until then it is nobody's error.
  opened.catch(() => undefined)
  const change = async (how: (takes: IDBObjectStore) => Promise<unknown>): Promise<void> => {
    try {
      const [takes] = idb.transact(await opened, [TAKES])
      if (takes !== undefined) await how(takes)
    } catch {
      // The browser keeps nothing, or has no room: the song is not recorded.
    }
  }
  const stored = ({ atMs, update, isWhole }: Take): object => ({
    atMs,
    isWhole,
    update: update.slice().buffer,
  })
  return {
    async read() {
      let found: readonly unknown[] = []
      await change(async (takes) => {
        found = await idb.getAll(takes)
      })
      return found.flatMap(parseTake)
    },
    add: (take) => change((takes) => idb.rtop(takes.add(stored(take)))),
    replace: (next) =>
      change(async (takes) => {
        // Asked for in one go: all of it is one transaction.
        const cleared = idb.rtop(takes.clear())
        await Promise.all([cleared, ...next.map((take) => idb.rtop(takes.add(stored(take))))])
      }),
  }
}

function parseTake(value: unknown): readonly Take[] {
  if (!isFields(value)) return []
  const { atMs, update, isWhole } = value
  return typeof atMs === 'number' && update instanceof ArrayBuffer
    ? [{ atMs, update: new Uint8Array(update), isWhole: isWhole === true }]
    : []
}
