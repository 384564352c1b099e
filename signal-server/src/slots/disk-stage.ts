import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import type { RoomId } from '@beatcord/shared'
import { bodyKey } from './disk-index.ts'
import { createDiskSlots, type DiskSlotsOptions } from './disk-slots.ts'
import type { SlotStore } from './slot-store.ts'
import type { StoreStage } from './store-stage.ts'

export interface DiskStage extends StoreStage {
  readonly folder: string
  readonly troubles: readonly string[]
  /** Ends the store, has something done to its files, and opens it again. */
  meanwhile(act: () => Promise<void> | void): Promise<SlotStore>
}

export function setDiskStage(overrides: Partial<DiskSlotsOptions> = {}): DiskStage {
  const folder = join(mkdtempSync(join(tmpdir(), 'beatcord-slots-')), 'slots')
  const troubles: string[] = []
  let nowMs = 1_790_000_000_000
  const create = (): SlotStore =>
    createDiskSlots({
      folder,
      maxBytes: 64 * 1024 * 1024,
      wallMs: () => nowMs,
      onTrouble: (what, code) => void troubles.push(`${what} ${code}`),
      ...overrides,
    })
  let inner = create()
  // The store in the hands of the test stays the same while what is behind it is opened anew.
  const store: SlotStore = {
    read: (roomId, before) => inner.read(roomId, before),
    write: (roomId, expected, body) => inner.write(roomId, expected, body),
    remove: (roomId) => inner.remove(roomId),
    close: () => inner.close(),
  }

  async function meanwhile(act: () => Promise<void> | void): Promise<SlotStore> {
    await inner.close()
    await act()
    inner = create()
    return store
  }

  async function spoil(
    roomId: RoomId,
    version: number,
    how: (body: Buffer) => Buffer,
  ): Promise<void> {
    await meanwhile(async () => {
      const level = new ClassicLevel<string, Buffer>(folder, { valueEncoding: 'buffer' })
      const key = bodyKey(roomId, version)
      await level.put(key, how((await level.get(key)) ?? Buffer.alloc(0)))
      await level.close()
    })
  }

  return {
    store,
    folder,
    troubles,
    meanwhile,
    spoil,
    restarted: () => meanwhile(() => undefined),
    pass(ms) {
      nowMs += ms
      return Promise.resolve()
    },
    close: () => inner.close(),
  }
}
