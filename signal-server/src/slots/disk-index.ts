import { isRoomId, type RoomId } from '@beatcord/shared'
import type { Level } from './level.ts'
import { readFrame } from './slot-frame.ts'
import { KEPT_MS } from './slot-store.ts'

/** What is kept of one room. */
export interface RoomEntry {
  /** Of the last write; milliseconds since 1970. */
  readonly atMs: number
  /** Version and bytes of each that is kept, the newest last. */
  readonly versions: readonly (readonly [version: number, bytes: number])[]
}

/** Which rooms are kept, the one that was written longest ago first. */
export interface DiskIndex {
  get(roomId: RoomId): RoomEntry | undefined
  set(roomId: RoomId, entry: RoomEntry): void
  delete(roomId: RoomId): void
  totalBytes(): number
  /** Those that have run out at `nowMs`. */
  expired(nowMs: number): readonly RoomId[]
  /** Those to be let go of, so that so many bytes more fit in; never `spared`. */
  toMakeRoom(bytes: number, maxBytes: number, spared: RoomId): readonly RoomId[]
}

const ROOM = 'room!'
const BODY = 'body!'
const END = '~'
const VERSION_DIGITS = 12

export const roomKey = (roomId: RoomId): string => `${ROOM}${roomId}`
export const bodyKey = (roomId: RoomId, version: number): string =>
  `${BODY}${roomId}!${String(version).padStart(VERSION_DIGITS, '0')}`
/** Everything of one room's bodies lies between these. */
export const bodyRange = (roomId: RoomId): readonly [string, string] => [
  `${BODY}${roomId}!`,
  `${BODY}${roomId}!${END}`,
]

export const encodeEntry = (entry: RoomEntry): Buffer => Buffer.from(JSON.stringify(entry))
const bytesOf = ({ versions }: RoomEntry): number =>
  versions.reduce((sum, [, bytes]) => sum + bytes, 0)

/** Reads what the tables say of themselves. @throws (rejects) when they cannot be read */
export async function readIndex(level: Level): Promise<DiskIndex> {
  const rooms: (readonly [RoomId, RoomEntry])[] = []
  for await (const [key, value] of level.iterator({ gt: ROOM, lt: ROOM + END })) {
    const [roomId, entry] = [key.slice(ROOM.length), parseEntry(value)]
    if (isRoomId(roomId) && entry !== undefined) rooms.push([roomId, entry])
  }
  return createIndex(rooms)
}

/** Looks at every body, where what the tables say of themselves may not be true. */
export async function rebuildIndex(level: Level, nowMs: number): Promise<DiskIndex> {
  const told = await readIndex(level)
  const found = new Map<RoomId, (readonly [number, number])[]>()
  for await (const [key, value] of level.iterator({ gt: BODY, lt: BODY + END })) {
    const [roomId = '', version = ''] = key.slice(BODY.length).split('!')
    const body = readFrame(value)
    if (!isRoomId(roomId) || !/^\d+$/.test(version) || body === undefined) continue
    found.set(roomId, [...(found.get(roomId) ?? []), [Number(version), body.length]])
  }
  const rooms = [...found].map(([roomId, versions]) => {
    const atMs = told.get(roomId)?.atMs ?? nowMs
    return [roomId, { atMs, versions }] as const
  })
  await level.batch(
    rooms.map(([roomId, entry]) => ({
      type: 'put',
      key: roomKey(roomId),
      value: encodeEntry(entry),
    })),
  )
  return createIndex(rooms)
}

function createIndex(list: readonly (readonly [RoomId, RoomEntry])[]): DiskIndex {
  const rooms = new Map([...list].sort(([, a], [, b]) => a.atMs - b.atMs))
  let total = [...rooms.values()].reduce((sum, entry) => sum + bytesOf(entry), 0)

  function remove(roomId: RoomId): void {
    const entry = rooms.get(roomId)
    if (entry === undefined) return
    total -= bytesOf(entry)
    rooms.delete(roomId)
  }

  return {
    get: (roomId) => rooms.get(roomId),
    set(roomId, entry) {
      remove(roomId)
      rooms.set(roomId, entry)
      total += bytesOf(entry)
    },
    delete: remove,
    totalBytes: () => total,
    expired(nowMs) {
      const gone: RoomId[] = []
      for (const [roomId, { atMs }] of rooms) {
        if (nowMs - atMs < KEPT_MS) break
        gone.push(roomId)
      }
      return gone
    },
    toMakeRoom(bytes, maxBytes, spared) {
      const going: RoomId[] = []
      let left = total
      for (const [roomId, entry] of rooms) {
        if (left + bytes <= maxBytes) break
        if (roomId === spared) continue
        going.push(roomId)
        left -= bytesOf(entry)
      }
      return going
    },
  }
}

/** What a disk gives back is a stranger's. */
function parseEntry(value: Buffer): RoomEntry | undefined {
  try {
    const { atMs, versions } = JSON.parse(value.toString()) as Readonly<Record<string, unknown>>
    if (!isCount(atMs) || !Array.isArray(versions)) return undefined
    const isGood = versions.every(
      (pair: unknown) => Array.isArray(pair) && pair.length === 2 && pair.every(isCount),
    )
    return isGood ? { atMs, versions: versions as [number, number][] } : undefined
  } catch {
    return undefined
  }
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0
