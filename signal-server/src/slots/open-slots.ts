import { join } from 'node:path'
import type { RequestHandler } from 'express'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Rooms } from '../rooms.ts'
import type { SeatCertificates } from '../seat-certificates.ts'
import type { SlotCounts, SlotTrouble } from './slot-counts.ts'
import { createSlotDoor } from './slot-door.ts'
import { createSlotLimits } from './slot-limits.ts'
import { type SlotStore } from './slot-store.ts'
import { slots } from './slots.ts'

/** What rooms leave behind, over HTTP. */
export interface OpenSlots {
  readonly handler: RequestHandler
  close(): Promise<void>
}

export interface OpenSlotsOptions {
  readonly config: Pick<Config, 'slots' | 'slotsBytes' | 'redisUrl' | 'dataDir' | 'trustedHops'>
  readonly log: Log
  readonly clock: Clock
  readonly counts: SlotCounts
  readonly certificates: Pick<SeatCertificates, 'read'>
  readonly rooms: Pick<Rooms, 'namesOf' | 'nameNow' | 'roleOf'>
}

const FOLDER = 'slots'

/** Undefined where slots are off. The store is fetched and opened when it is first asked for. */
export function openSlots(options: OpenSlotsOptions): OpenSlots | undefined {
  const { config, clock, counts, rooms, certificates } = options
  if (config.slots === 'off') return undefined
  let opening: Promise<SlotStore> | undefined
  const store = (): Promise<SlotStore> => (opening ??= openStore(options))
  const lazy: SlotStore = {
    read: async (roomId, before) => (await store()).read(roomId, before),
    write: async (roomId, expected, body) => (await store()).write(roomId, expected, body),
    remove: async (roomId) => (await store()).remove(roomId),
    close: async () => (await opening)?.close(),
  }
  return {
    handler: slots({
      store: lazy,
      door: createSlotDoor(certificates, rooms),
      limits: createSlotLimits(clock.nowMs),
      counts,
      trustedHops: config.trustedHops,
    }),
    close: lazy.close,
  }
}

async function openStore({ config, log, clock, counts }: OpenSlotsOptions): Promise<SlotStore> {
  const onTrouble = (what: SlotTrouble, code: string): void => {
    counts.slotTrouble(what)
    log('warn', TROUBLE[what], { code })
  }
  if (config.slots === 'redis') {
    const { createRedisSlots } = await import('./redis-slots.ts')
    return createRedisSlots({ url: config.redisUrl, onTrouble })
  }
  const { createDiskSlots } = await import('./disk-slots.ts')
  return createDiskSlots({
    folder: join(config.dataDir, FOLDER),
    maxBytes: config.slotsBytes,
    wallMs: clock.wallMs,
    onTrouble,
  })
}

const TROUBLE: Readonly<Record<SlotTrouble, string>> = {
  away: 'slots away',
  mended: 'slots mended',
  'not-written': 'slot not written',
  broken: 'slot version broken',
}
