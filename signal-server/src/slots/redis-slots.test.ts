import { createClient } from 'redis'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type RedisProcess, startRedis } from '../../../scripts/lib/redis-process.mjs'
import { findTool, lackOf } from '../../../scripts/tools.mjs'
import { createRedisSlots } from './redis-slots.ts'
import { KEPT_MS, type SlotStore } from './slot-store.ts'
import { GARAGE, slotStoreContract } from './slot-store-contract.ts'
import type { StoreStage } from './store-stage.ts'

const program = (): string => findTool('redis-server') ?? expect.fail(lackOf('redis-server'))

let redis: RedisProcess
beforeAll(async () => {
  redis = await startRedis(program())
})
afterAll(() => redis.kill())

const keyOf = (room: string): string => `beatcord:slot:${room}`

async function setRedisStage(): Promise<StoreStage> {
  const plain = createClient({ url: redis.url })
  await plain.connect()
  await plain.flushAll()
  const create = (): SlotStore => createRedisSlots({ url: redis.url, onTrouble: () => undefined })
  const stores = [create()]
  return {
    get store() {
      const [store] = stores
      if (store === undefined) throw new Error('there is always one')
      return store
    },
    async pass(ms) {
      for (const key of await plain.keys('*')) {
        const left = await plain.pTTL(key)
        await plain.pExpire(key, Math.max(0, left - ms))
      }
    },
    async spoil(room, version, how) {
      const key = keyOf(room)
      const bytes = await plain.hGet(key, `b${String(version)}`)
      await plain.hSet(key, `b${String(version)}`, how(Buffer.from(bytes ?? '', 'latin1')))
    },
    restarted() {
      const store = create()
      stores.push(store)
      return Promise.resolve(store)
    },
    async close() {
      for (const store of stores) await store.close()
      plain.destroy()
    },
  }
}

slotStoreContract('slots in Redis', setRedisStage)

test('[SLOT4] every key has a time after which it is gone', async () => {
  const stage = await setRedisStage()
  onTestFinished(stage.close)
  const plain = await createClient({ url: redis.url }).connect()
  onTestFinished(() => {
    plain.destroy()
  })

  await stage.store.write(GARAGE, 0, Buffer.from('one'))

  const keys = await plain.keys('*')
  const left = await Promise.all(keys.map((key) => plain.pTTL(key)))
  expect(keys).toEqual([keyOf(GARAGE)])
  expect(left.every((ms) => ms > KEPT_MS - 60_000 && ms <= KEPT_MS)).toBe(true)
})

test('[SLOT8] what is no slot under the name of one counts as none', async () => {
  const stage = await setRedisStage()
  onTestFinished(stage.close)
  const plain = await createClient({ url: redis.url }).connect()
  onTestFinished(() => {
    plain.destroy()
  })

  await plain.hSet(keyOf(GARAGE), { v: '7junk', b7: 'junk' })

  expect(await stage.store.read(GARAGE)).toBeUndefined()
})

test('[SLOT7] a Redis without room for it is told apart from one that is away', async () => {
  const small = await startRedis(program(), [
    ...['--maxmemory', '3mb'],
    ...['--maxmemory-policy', 'noeviction'],
  ])
  const troubles: string[] = []
  const store = createRedisSlots({
    url: small.url,
    onTrouble: (what, code) => void troubles.push(`${what} ${code}`),
  })
  onTestFinished(() => store.close())

  await store.write(GARAGE, 0, Buffer.from('one'))
  const full = await store.write(GARAGE, 1, Buffer.alloc(2 * 1024 * 1024))
  const again = await store.write(
    GARAGE,
    full.outcome === 'written' ? 2 : 1,
    Buffer.alloc(2 * 1024 * 1024),
  )
  await small.kill()

  expect([full.outcome, again.outcome]).toContain('no-room')
  await expect(store.read(GARAGE)).rejects.toMatchObject({ name: 'SlotsAwayError' })
})
