import { randomBytes } from 'node:crypto'
import { createClient } from 'redis'
import { bytesToBase32, isPeerId, isRoomId } from '@beatcord/shared'
import { startRedis } from '../../scripts/lib/redis-process.mjs'
import { ensureTool, lackOf } from '../../scripts/tools.mjs'
import { systemClock } from '../../signal-server/src/clock.ts'
import { leftOf } from '../../signal-server/src/instances/left.ts'
import { openRedisDirectory } from '../../signal-server/src/instances/redis-directory.ts'
import type { Row } from '../rows.ts'
import { rounded } from '../server/stage.ts'
import type { Say } from '../suite.ts'
import { SEALED } from './two-instances.ts'

const SEATS = 50_000
const ROOM_SIZE = 4
const AT_ONCE = 500
const MAX_MB = 100
const START_WAIT_MS = 50

/** What the rooms of so many people take of Redis: their leases, and what their homes leave behind. */
export async function instancesMemoryRows(say: Say): Promise<readonly Row[]> {
  const program = await ensureTool('redis-server')
  if (program === undefined) throw new Error(lackOf('redis-server'))
  const redis = await startRedis(program)
  const client = await createClient({ url: redis.url }).connect()
  const directory = await openRedisDirectory(redis.url, systemClock, () => undefined)
  while (!directory.isUp()) await new Promise((resolve) => setTimeout(resolve, START_WAIT_MS))
  const usedBytes = async (): Promise<number> =>
    Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1])

  async function fill(): Promise<void> {
    const room = bytesToBase32(randomBytes(32))
    if (!isRoomId(room)) throw new Error('a room id must be of base32')
    await directory.claim(room)
    for (const [name, left] of leftOf([room], stateOf(directory.me)))
      await directory.keep(name, left)
  }

  try {
    say(`rooms: ${SEATS} seats in rooms of ${ROOM_SIZE} in Redis …`)
    const before = await usedBytes()
    for (let at = 0; at < SEATS / ROOM_SIZE; at += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, fill))
    }
    const megabytes = rounded(((await usedBytes()) - before) / 1e6, 1)
    return [
      {
        suite: 'rooms',
        row: `memory of ${SEATS} seats in Redis, in rooms of ${ROOM_SIZE}`,
        unit: 'MB',
        ours: { value: megabytes },
        baseline: null,
        baselineIs: null,
        goal: `under ${MAX_MB} MB`,
        holds: megabytes < MAX_MB,
      },
    ]
  } finally {
    await directory.close()
    client.destroy()
    await redis.kill()
  }
}

/** As a room is left behind by its home. */
const stateOf = (instance: string): Parameters<typeof leftOf>[1] => ({
  rules: { door: 'open', newcomers: 'player' },
  epoch: 1_790_000_000,
  pastEpoch: -1,
  iss: '00000000-0000-4000-8000-000000000000',
  bornMs: 1_790_000_000_000,
  seats: Array.from({ length: ROOM_SIZE }, (_, at) => {
    const peerId = bytesToBase32(randomBytes(16))
    if (!isPeerId(peerId)) throw new Error('a peer id must be of base32')
    return {
      peerId,
      role: at === 0 ? ('host' as const) : ('player' as const),
      since: 1_790_000_000,
      isHere: true,
      sealed: SEALED,
      instance,
    }
  }),
})
