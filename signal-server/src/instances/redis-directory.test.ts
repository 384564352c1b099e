import { createClient } from 'redis'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type RedisProcess, startRedis } from '../../../scripts/lib/redis-process.mjs'
import { findTool, lackOf } from '../../../scripts/tools.mjs'
import { systemClock } from '../clock.ts'
import type { Directory } from './directory.ts'
import { testDirectory } from './directory-contract.ts'
import { openRedisDirectory } from './redis-directory.ts'

const program = findTool('redis-server')

test.runIf(program === undefined && process.env['CI'] !== undefined)(
  'redis-server is there',
  () => {
    expect.fail(lackOf('redis-server'))
  },
)

describe.skipIf(program === undefined)('in Redis', () => {
  let redis: RedisProcess
  const opened: Directory[] = []
  beforeAll(async () => {
    redis = await startRedis(program ?? '')
  })
  afterEach(async () => {
    for (const directory of opened.splice(0)) await directory.close()
  })
  afterAll(() => redis.kill())

  async function join(url = redis.url): Promise<Directory> {
    const directory = await openRedisDirectory(url, systemClock, () => undefined)
    opened.push(directory)
    await expect.poll(directory.isUp, { timeout: 5_000 }).toBe(true)
    return directory
  }

  const connect = () => createClient({ url: redis.url }).connect()

  async function ask<T>(
    run: (client: Awaited<ReturnType<typeof connect>>) => Promise<T>,
  ): Promise<T> {
    const client = await connect()
    try {
      return await run(client)
    } finally {
      await client.close()
    }
  }

  /** Redis cannot be told to wait: what is left of each life is shortened instead. */
  const pass = (ms: number): Promise<void> =>
    ask(async (client) => {
      for (const key of await client.keys('*')) {
        const leftMs = await client.pTTL(key)
        if (leftMs - ms <= 0) await client.del(key)
        else await client.pExpire(key, leftMs - ms)
      }
    })

  testDirectory('in Redis', () =>
    Promise.resolve({
      join,
      async flush() {
        await ask((client) => client.flushAll())
      },
      pass,
    }),
  )

  test('[SIG43] every key runs out by itself', async () => {
    const a = await join()
    const room = 'b'.repeat(52) as Parameters<Directory['claim']>[0]
    await a.claim(room)
    await a.keep(room, 'what was')

    const lives = await ask(async (client) => {
      const keys = await client.keys(`*${room}*`)
      return Promise.all(keys.map((key) => client.pTTL(key)))
    })

    expect(lives).toHaveLength(2)
    for (const leftMs of lives) expect(leftMs).toBeGreaterThan(0)
  })

  test('[SIG45] Redis that stands still is asked no more after 500 ms, and again as soon as it goes on', async () => {
    const a = await join()
    const room = 'c'.repeat(52) as Parameters<Directory['claim']>[0]
    redis.signal('SIGSTOP')
    const startMs = performance.now()
    await expect(a.claim(room)).rejects.toThrow('away')
    expect(performance.now() - startMs).toBeLessThan(1_500)
    expect(a.isUp()).toBe(false)

    const askedMs = performance.now()
    await expect(a.claim(room)).rejects.toThrow('away')
    expect(performance.now() - askedMs).toBeLessThan(50)

    redis.signal('SIGCONT')
    await expect.poll(a.isUp, { timeout: 1_500, interval: 20 }).toBe(true)
    expect((await a.claim(room)).home).toBe(a.me)
  })

  test('[SIG45] Redis that was killed ends nobody, and is used again within a second of its start', async () => {
    const [a, b] = [await join(), await join()]
    const heard: number[] = []
    b.onPacket((packet) => heard.push(packet[0] ?? -1))
    await redis.kill()
    await expect.poll(a.isUp).toBe(false)
    await expect(a.send(b.me, Buffer.from([1, 1]))).rejects.toThrow('away')

    await redis.start()

    await expect.poll(() => a.isUp() && b.isUp(), { timeout: 1_500, interval: 20 }).toBe(true)
    expect(await a.send(b.me, Buffer.from([2, 2]))).toBe(true)
    await expect.poll(() => heard).toEqual([2])
  })

  test('begins without a Redis, and goes on when there is one', async () => {
    await redis.kill()
    const directory = await openRedisDirectory(redis.url, systemClock, () => undefined)
    opened.push(directory)
    expect(directory.isUp()).toBe(false)

    await redis.start()

    await expect.poll(directory.isUp, { timeout: 3_000 }).toBe(true)
  })
})
