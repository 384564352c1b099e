import { randomBytes } from 'node:crypto'
import { PROTOCOL_VERSION } from '@beatcord/shared'
import { startTestServer } from '../../e2e/server.ts'
import { startRedis } from '../../scripts/lib/redis-process.mjs'
import { type SlotSeat, takeSlotSeat } from '../../scripts/lib/slot-probe.mjs'
import { ensureTool, lackOf } from '../../scripts/tools.mjs'
import { figuresOf, type Row } from '../rows.ts'
import type { Say } from '../suite.ts'

type Kind = 'disk' | 'redis'

const SIZES = [
  { name: '100 kB', bytes: 100_000, rooms: 40, goalMs: { write: 100, read: 50 } },
  { name: '4 MB', bytes: 4_000_000, rooms: 8, goalMs: { write: 1000, read: 500 } },
] as const
/** As many as a room may be written at once. */
const ROUNDS = 2
/** In the same order as they were begun. */
type Times = Readonly<Record<'write' | 'read', readonly number[]>>

/** How long a built server takes to write and to read a slot, from the request to its whole answer. */
export async function slotRows(say: Say): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { name, bytes, rooms, goalMs } of SIZES) {
    say(`rooms: slots of ${name}, on the disk and in Redis …`)
    const disk = await timesOf('disk', bytes, rooms)
    const redis = await timesOf('redis', bytes, rooms)
    for (const act of ['write', 'read'] as const) {
      const ours = figuresOf(disk[act])
      rows.push({
        suite: 'rooms',
        row: `a slot of ${name}, ${act === 'write' ? 'written' : 'read'}, on the disk`,
        unit: 'ms',
        ours,
        baseline: figuresOf(redis[act]),
        baselineIs: 'the same in Redis',
        goal: `p95 at most ${goalMs[act]} ms`,
        holds: ours.p95 <= goalMs[act],
      })
    }
  }
  return rows
}

async function timesOf(kind: Kind, bytes: number, rooms: number): Promise<Times> {
  const program = kind === 'redis' ? await ensureTool('redis-server') : ''
  if (program === undefined) throw new Error(lackOf('redis-server'))
  const redis = kind === 'redis' ? await startRedis(program) : undefined
  const server = await startTestServer({
    NODE_ENV: 'production',
    SLOTS: kind,
    REDIS_URL: redis?.url ?? '',
    SEAT_KEY: 'one secret for all of them',
    MAX_JOINED_PER_ADDRESS: '1000',
    MAX_WAITING_PER_ADDRESS: '1000',
  })
  try {
    const port = Number(new URL(server.url).port)
    const seats: SlotSeat[] = []
    for (let room = 0; room < rooms; room++) {
      seats.push(await takeSlotSeat(port, PROTOCOL_VERSION))
    }
    return await measured(seats, bytes)
  } finally {
    await server.close()
    await redis?.kill()
  }
}

/** One request after the other: what is measured is the way of one. */
async function measured(seats: readonly SlotSeat[], bytes: number): Promise<Times> {
  const times = { write: [] as number[], read: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const seat of seats) {
      const sealed = new Uint8Array(randomBytes(bytes))
      times.write.push(await timed(() => seat.put(round, sealed), 204))
      times.read.push(await timed(() => seat.get(), 200))
    }
  }
  return times
}

async function timed(ask: () => Promise<Response>, expected: number): Promise<number> {
  const startMs = performance.now()
  const response = await ask()
  await response.arrayBuffer()
  if (response.status !== expected)
    throw new Error(`it must be answered with ${expected}, got ${response.status}`)
  return performance.now() - startMs
}
