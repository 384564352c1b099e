import { mkdir, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { RoomId } from '@beatcord/shared'
import {
  bodyKey,
  bodyRange,
  type DiskIndex,
  encodeEntry,
  readIndex,
  rebuildIndex,
  roomKey,
  type RoomEntry,
} from './disk-index.ts'
import { isCorrupt, type Level, levelCode, mend, openLevel } from './level.ts'
import type { SlotTrouble } from './slot-counts.ts'
import { frameBody, readFrame } from './slot-frame.ts'
import {
  KEPT_MS,
  KEPT_VERSIONS,
  SlotsAwayError,
  type SlotStore,
  type SlotWrite,
} from './slot-store.ts'

export interface DiskSlotsOptions {
  /** Made when it is first needed. */
  readonly folder: string
  /** Of all bodies together; the files take up to twice as much for a while. */
  readonly maxBytes: number
  /** Milliseconds since 1970. */
  readonly wallMs: () => number
  /** What cannot be done with the disk, by a code of the store; told once for each time that it is tried. */
  readonly onTrouble: (what: SlotTrouble, code: string) => void
  /** Of the disk that the folder is on. */
  readonly freeBytes?: (folder: string) => Promise<number>
}

interface Opened {
  readonly level: Level
  readonly index: DiskIndex
}

/** LevelDB writes each byte first into its log and then into a table, and needs room to put tables together. */
const SPARE_BYTES = 32 * 1024 * 1024
const TRY_AGAIN_MS = 30_000

/** Slots on this machine's disk, in LevelDB: written in one step, with a sum over every block. */
export function createDiskSlots(options: DiskSlotsOptions): SlotStore {
  const { folder, maxBytes, wallMs, onTrouble, freeBytes = freeBytesOf } = options
  let opening: Promise<Opened> | undefined
  let closedUntilMs = -Infinity
  /** LevelDB takes nothing more after a write that failed, until it is opened anew. */
  let isTorn = false
  /** One change after the other. */
  let last: Promise<unknown> = Promise.resolve()
  let removedBytes = 0

  async function open(): Promise<Opened> {
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 })
    const { level, isMended } = await openLevel(folder)
    if (isMended) return mended(level)
    try {
      return { level, index: await readIndex(level) }
    } catch (error) {
      await level.close()
      if (!isCorrupt(error)) throw error
      return mended(await mend(folder))
    }
  }

  async function mended(level: Level): Promise<Opened> {
    onTrouble('mended', 'LEVEL_CORRUPTION')
    return { level, index: await rebuildIndex(level, wallMs()) }
  }

  async function opened(): Promise<Opened> {
    if (opening === undefined) {
      if (wallMs() < closedUntilMs) throw new SlotsAwayError('the slots must be open')
      opening = open()
    }
    const tried = opening
    try {
      return await tried
    } catch (error) {
      // Whoever waited for the same one need not say so again.
      if (opening === tried) {
        opening = undefined
        closedUntilMs = wallMs() + TRY_AGAIN_MS
        onTrouble('away', levelCode(error))
      }
      throw new SlotsAwayError('the slots must be open', { cause: error })
    }
  }

  /** @returns undefined where it has to be opened anew, and the disk is too full for that: what is open is read on */
  async function reopened(): Promise<Opened | undefined> {
    if (!isTorn) return opened()
    if (!(await hasRoom(0))) return undefined
    isTorn = false
    const { level } = await opened()
    await level.close()
    opening = undefined
    return opened()
  }

  const hasRoom = async (bytes: number): Promise<boolean> =>
    (await freeBytes(folder)) > SPARE_BYTES + 2 * bytes

  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const next = last.then(change)
    last = next.catch(() => undefined)
    return next
  }

  async function letGo({ level, index }: Opened, rooms: readonly RoomId[]): Promise<void> {
    for (const roomId of rooms) {
      const entry = index.get(roomId)
      if (entry === undefined) continue
      await level.batch(deletions(roomId, entry))
      removedBytes += entry.versions.reduce((sum, [, bytes]) => sum + bytes, 0)
      index.delete(roomId)
    }
  }

  /** What was deleted leaves the disk at the next compaction, which comes by itself only with much to write. */
  async function tidy({ level }: Opened): Promise<void> {
    if (removedBytes < maxBytes / 4) return
    removedBytes = 0
    await level.compactRange('', '~')
  }

  async function put(
    { level, index }: Opened,
    roomId: RoomId,
    version: number,
    body: Buffer,
  ): Promise<SlotWrite> {
    const before = index.get(roomId)
    const all = [...(before?.versions ?? []), [version, body.length] as const]
    const entry: RoomEntry = { atMs: wallMs(), versions: fitting(all, maxBytes) }
    const dropped = all.slice(0, all.length - entry.versions.length)
    await level.batch(
      [
        ...dropped.map(([old]) => ({ type: 'del' as const, key: bodyKey(roomId, old) })),
        { type: 'put' as const, key: bodyKey(roomId, version), value: frameBody(body) },
        { type: 'put' as const, key: roomKey(roomId), value: encodeEntry(entry) },
      ],
      { sync: true },
    )
    for (const [, bytes] of dropped) removedBytes += bytes
    index.set(roomId, entry)
    return { outcome: 'written', version }
  }

  async function write(roomId: RoomId, expected: number, body: Buffer): Promise<SlotWrite> {
    const now = await reopened()
    if (now === undefined) return { outcome: 'no-room' }
    const { index } = now
    await letGo(now, index.expired(wallMs()))
    const version = index.get(roomId)?.versions.at(-1)?.[0] ?? 0
    if (version !== expected) return { outcome: 'conflict', version }
    if (!(await hasRoom(body.length)) || body.length > maxBytes) return { outcome: 'no-room' }
    await letGo(now, index.toMakeRoom(body.length, maxBytes, roomId))
    const written = await put(now, roomId, version + 1, body)
    await tidy(now)
    return written
  }

  /** Disks fill up and break; what is on them is read on. */
  async function orTorn<T>(change: () => Promise<T>): Promise<T | { readonly outcome: 'no-room' }> {
    try {
      return await change()
    } catch (error) {
      if (error instanceof SlotsAwayError) throw error
      isTorn = true
      onTrouble('not-written', levelCode(error))
      return { outcome: 'no-room' }
    }
  }

  return {
    async read(roomId, before = Infinity) {
      const { level, index } = await opened()
      const entry = index.get(roomId)
      if (entry === undefined || wallMs() - entry.atMs >= KEPT_MS) return undefined
      for (const [version] of [...entry.versions].reverse()) {
        if (version >= before) continue
        const body = readFrame(await level.get(bodyKey(roomId, version)).catch(unlessCorrupt))
        if (body !== undefined) return { version, body }
        onTrouble('broken', 'LEVEL_CORRUPTION')
      }
      return undefined
    },
    write: (roomId, expected, body) => inTurn(() => orTorn(() => write(roomId, expected, body))),
    async remove(roomId) {
      const failed = await inTurn(() =>
        orTorn(async () => {
          const now = await reopened()
          if (now === undefined) return { outcome: 'no-room' } as const
          await letGo(now, [roomId])
          await now.level.compactRange(...bodyRange(roomId))
          return undefined
        }),
      )
      if (failed !== undefined) throw new SlotsAwayError('the disk must take what is deleted')
    },
    async close() {
      await last
      const { level } = (await opening?.catch(() => undefined)) ?? {}
      await level?.close()
    },
  }
}

const deletions = (roomId: RoomId, { versions }: RoomEntry): { type: 'del'; key: string }[] =>
  [roomKey(roomId), ...versions.map(([version]) => bodyKey(roomId, version))].map((key) => ({
    type: 'del',
    key,
  }))

/** The newest versions, at most three, that are within so many bytes together; the newest of all in any case. */
function fitting(versions: RoomEntry['versions'], maxBytes: number): RoomEntry['versions'] {
  const kept: (readonly [number, number])[] = []
  let bytes = 0
  for (const version of versions.slice(-KEPT_VERSIONS).reverse()) {
    bytes += version[1]
    if (kept.length > 0 && bytes > maxBytes) break
    kept.unshift(version)
  }
  return kept
}

/** A broken body counts as not there. */
function unlessCorrupt(error: unknown): undefined {
  if (!isCorrupt(error)) throw new SlotsAwayError('the disk must be readable', { cause: error })
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize, blocks } = await statfs(folder)
  // Some file systems do not know.
  return blocks === 0 ? Infinity : bavail * bsize
}
