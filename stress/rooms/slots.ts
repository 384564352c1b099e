import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestServer } from '../../e2e/server.ts'
import type { SlotSeat } from '../../scripts/lib/slot-probe.mjs'
import type { Dice } from '../random.ts'
import { must, type Scenario } from '../scenario.ts'
import { jamGoesOn, patiently, sitAlone, withSlotServer } from './slot-server.ts'

const ROOMS = 12
const VERSIONS = 4
const BODY_BYTES = 60_000

interface Room {
  readonly seat: SlotSeat
  readonly bodies: readonly Uint8Array<ArrayBuffer>[]
}

/** What may happen to the files while the server is away. */
type Harm = (path: string, dice: Dice) => void

const HARMS: readonly Harm[] = [
  (path, dice) => {
    const bytes = readFileSync(path)
    const from = Math.floor(dice.next() * bytes.length)
    writeFileSync(path, bytes.fill(dice.below(256), from, Math.min(bytes.length, from + 5000)))
  },
  (path, dice) => {
    truncateSync(path, Math.floor(dice.next() * statSync(path).size))
  },
  (path) => {
    writeFileSync(path, randomBytes(1000))
  },
  (path) => {
    writeFileSync(path, '')
  },
]

/** A slot per room on the disk, whatever becomes of that. */
export const slots: readonly Scenario[] = [
  {
    name: 'slots: files overwritten with junk, cut short and emptied, again and again',
    run: ({ dice, count }) =>
      withSlotServer({}, async (server) => {
        const rounds = Math.min(25, Math.ceil(count / 100))
        let served = 0
        let lost = 0
        for (let round = 0; round < rounds; round++) {
          const rooms = await leave(server)
          await server.kill()
          const folder = join(server.dataDir, 'slots')
          const files = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile())
          const file = dice.pick(files) ?? 'CURRENT'
          dice.pick(HARMS)?.(join(folder, file), dice)
          await server.start()
          for (const room of rooms) {
            const found = await read(server, room)
            if (found === 'none') lost += 1
            else served += 1
          }
          await jamGoesOn(server)
        }
        must(served > lost, `most slots must survive one broken file, ${lost} of ${served} did not`)
        return `${rounds} broken folders: ${served} slots served whole, ${lost} begun anew, none wrong`
      }),
  },
  {
    name: 'slots: killed amid writes, again and again',
    run: ({ dice }) =>
      withSlotServer({}, async (server) => {
        let whole = 0
        for (let round = 0; round < 10; round++) {
          const rooms = await leave(server)
          const late = rooms.map(({ seat }) =>
            seat.put(VERSIONS, new Uint8Array(randomBytes(2_000_000))).catch(() => undefined),
          )
          await new Promise((resolve) => setTimeout(resolve, dice.next() * 60))
          await server.kill()
          await Promise.all(late)
          await server.start()
          for (const room of rooms) {
            const found = await read(server, room, true)
            must(found !== 'none', 'what was written before must be there')
            whole += 1
          }
        }
        return `${whole} slots whole after 10 kills`
      }),
  },
  {
    name: 'slots: more rooms than the disk may hold',
    run: () =>
      withSlotServer({ SLOTS_MB: '2' }, async (server) => {
        let rooms: readonly Room[] = []
        for (let round = 0; round < 5; round++) rooms = await leave(server)
        const folder = join(server.dataDir, 'slots')
        const bytes = readdirSync(folder)
          .map((name) => statSync(join(folder, name)).size)
          .reduce((sum, size) => sum + size, 0)
        must(bytes < 24 * 1024 ** 2, `the files must stay small, they have ${bytes} bytes`)
        const last = rooms.at(-1)
        must(last !== undefined && (await read(server, last)) !== 'none', 'the last must be there')
        await jamGoesOn(server)
        return `${5 * ROOMS} rooms of ${VERSIONS} versions left ${(bytes / 1024 ** 2).toFixed(1)} MB`
      }),
  },
  {
    name: 'slots: a folder that is a file, and one that is gone under the server',
    run: () =>
      withSlotServer({}, async (server) => {
        await server.kill()
        writeFileSync(join(server.dataDir, 'slots'), 'a file')
        await server.start()
        const seat = await sitAlone(server)
        const away = await seat.put(0, new Uint8Array(randomBytes(BODY_BYTES)))
        must(away.status === 503, `it must be away, got ${away.status}`)
        await jamGoesOn(server)
        return 'slots away, the jam untouched'
      }),
  },
]

/** Rooms that leave a few versions each, and their people with certificates that outlive a restart. */
async function leave(server: TestServer): Promise<readonly Room[]> {
  const rooms: Room[] = []
  for (let index = 0; index < ROOMS; index++) {
    const seat = await sitAlone(server)
    const bodies: Uint8Array<ArrayBuffer>[] = []
    for (let version = 0; version < VERSIONS; version++) {
      const body = new Uint8Array(randomBytes(BODY_BYTES))
      const { status } = await patiently(() => seat.put(version, body))
      must(status === 204, `it must be written, got ${status}`)
      bodies.push(body)
    }
    seat.end()
    rooms.push({ seat, bodies })
  }
  return rooms
}

/** @param mayBeNewer  whether something else may have been written meanwhile */
async function read(
  _server: TestServer,
  { seat, bodies }: Room,
  mayBeNewer = false,
): Promise<'served' | 'none'> {
  const response = await patiently(seat.get)
  if (response.status === 404) return 'none'
  must(response.status === 200, `a slot must be served or be none, got ${response.status}`)
  const version = Number(/\d+/.exec(response.headers.get('etag') ?? '')?.[0])
  const bytes = Buffer.from(await response.arrayBuffer())
  if (mayBeNewer && version > bodies.length) return 'served'
  const body = bodies[version - 1]
  must(body !== undefined && bytes.equals(body), `version ${version} must be as it was written`)
  return 'served'
}
