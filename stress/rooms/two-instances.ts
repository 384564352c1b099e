import { type RedisProcess, startRedis } from '../../scripts/lib/redis-process.mjs'
import { ensureTool, lackOf } from '../../scripts/tools.mjs'
import { must } from '../scenario.ts'
import { type ServerProcess, withServer } from '../server/process.ts'
import { type Balancer, startBalancer } from './balancer.ts'

/** Two servers behind one address, and the Redis between them. */
export interface TwoInstances {
  /** Of both, ws:. */
  readonly url: string
  readonly balancer: Balancer
  readonly redis: RedisProcess
  readonly first: ServerProcess
  readonly second: ServerProcess
}

/** Plays with them, and ends all of them whatever happens. */
export async function withTwoInstances<T>(play: (two: TwoInstances) => Promise<T>): Promise<T> {
  const program = await ensureTool('redis-server')
  must(program !== undefined, lackOf('redis-server'))
  const redis = await startRedis(program)
  const settings = { REDIS_URL: redis.url, SEAT_KEY: 'one secret for both of them' }
  try {
    return await withServer(settings, (first) =>
      withServer(settings, async (second) => {
        const balancer = await startBalancer([first.port, second.port])
        try {
          const url = `ws://127.0.0.1:${balancer.port}/ws`
          return await play({ url, balancer, redis, first, second })
        } finally {
          await balancer.close()
        }
      }),
    )
  } finally {
    await redis.kill()
  }
}
