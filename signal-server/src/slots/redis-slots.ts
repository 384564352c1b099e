import type { RoomId } from '@beatcord/shared'
import { createClient, RESP_TYPES } from 'redis'
import type { SlotTrouble } from './slot-counts.ts'
import { frameBody, readFrame } from './slot-frame.ts'
import { KEPT_MS, KEPT_VERSIONS, SlotsAwayError, type SlotStore } from './slot-store.ts'

export interface RedisSlotsOptions {
  readonly url: string
  /** Begins every key. */
  readonly prefix?: string
  /** Told once for each time that Redis is lost, and of each version that is broken. */
  readonly onTrouble: (what: SlotTrouble, code: string) => void
}

const CONNECT_MS = 2_000
const LONGEST_WAIT_MS = 2_000
/** Nothing of a jam waits for a slot, but a request does. */
const ANSWER_MS = 5_000
const DIGITS = /^\d{1,15}$/

/**
 * One hash a room, so that all of it runs out together: `v` is the newest version, `b<version>` a body.
 * KEYS: the hash. ARGV: the version that is expected, how many are kept, milliseconds until it runs out, the body.
 * Answers with the version that stands there then, and 1 when it was written.
 */
const WRITE = `
local now = tonumber(redis.call('HGET', KEYS[1], 'v') or '0')
if now ~= tonumber(ARGV[1]) then return { now, 0 } end
redis.call('HSET', KEYS[1], 'v', now + 1, 'b' .. (now + 1), ARGV[4])
for old = now + 1 - tonumber(ARGV[2]), 1, -1 do
  if redis.call('HDEL', KEYS[1], 'b' .. old) == 0 then break end
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return { now + 1, 1 }`

/** Slots in Redis, which may serve several instances. */
export function createRedisSlots({ url, prefix = '', onTrouble }: RedisSlotsOptions): SlotStore {
  let isAway = false
  const plain = createClient({
    url,
    // What waited for Redis would come when nobody waits for it any more.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_MS,
      reconnectStrategy: (tries) => Math.min(LONGEST_WAIT_MS, 50 * 2 ** Math.min(tries, 6)),
    },
  })
  // Without it a lost connection would end the process.
  plain.on('error', (error: unknown) => {
    if (!isAway) onTrouble('away', codeOf(error))
    isAway = true
  })
  plain.on('ready', () => {
    isAway = false
  })
  const client = plain.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer })
  /** Redis answered, or did not: from then on commands say so themselves. */
  const tried = new Promise<void>((resolve) => {
    plain.once('ready', resolve)
    plain.once('error', () => {
      resolve()
    })
  })
  const connected = plain.connect().catch(() => undefined)

  async function ask<T>(command: () => Promise<T>): Promise<T> {
    await tried
    try {
      return await within(command())
    } catch (error) {
      throw new SlotsAwayError('Redis must answer', { cause: error })
    }
  }

  const keyOf = (roomId: RoomId): string => `${prefix}beatcord:slot:${roomId}`

  async function newest(key: string): Promise<number> {
    const text = (await ask(() => client.hGet(key, 'v')))?.toString() ?? ''
    return DIGITS.test(text) ? Number(text) : 0
  }

  return {
    async read(roomId, before = Infinity) {
      const key = keyOf(roomId)
      const last = await newest(key)
      const oldest = Math.max(1, last - KEPT_VERSIONS + 1)
      for (let version = Math.min(last, before - 1); version >= oldest; version--) {
        const kept = await ask(() => client.hGet(key, `b${String(version)}`))
        const body = readFrame(kept)
        if (body !== undefined) return { version, body }
        if (kept !== null) onTrouble('broken', 'unknown')
      }
      return undefined
    },
    async write(roomId, expected, body) {
      const how = {
        keys: [keyOf(roomId)],
        arguments: [
          ...[expected, KEPT_VERSIONS, KEPT_MS].map((value) => String(value)),
          frameBody(body),
        ],
      }
      try {
        const answer = await ask(() => client.eval(WRITE, how))
        const [version = 0, isWritten] = answer as unknown as readonly number[]
        return { outcome: isWritten === 1 ? 'written' : 'conflict', version }
      } catch (error) {
        if (isFull(error)) return { outcome: 'no-room' }
        throw error
      }
    },
    async remove(roomId) {
      await ask(() => client.unlink(keyOf(roomId)))
    },
    async close() {
      plain.destroy()
      await connected
    },
  }
}

async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new SlotsAwayError(`Redis must answer within ${String(ANSWER_MS)} ms`))
    }, ANSWER_MS)
  })
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** @see https://redis.io/docs/latest/develop/reference/eviction/ */
const isFull = (error: unknown): boolean =>
  error instanceof Error && (error.message.includes('OOM ') || isFull(error.cause))

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown'
