import { PROTOCOL_VERSION } from '@beatcord/shared'
import type { Dice } from '../random.ts'
import { must, type Scenario } from '../scenario.ts'
import { besideNeighbours, NEIGHBOURS } from './neighbours.ts'
import { randomKey } from './peer.ts'
import { mustBeEmpty, type ServerProcess, withServer } from './process.ts'
import { frameOf, openRaw, type RawSocket, upgradeHead } from './raw-socket.ts'
import { eachOf, pause } from './several.ts'

const ATTACKER = '127.0.0.2'
const TRIES = 2000
const TRIES_AT_ONCE = 50
const LOOK_EVERY = 100
/** As somebody would find it. */
const MAX_WAITING = 10
const MAX_JOINED = 300
const JOIN_TRIES = MAX_JOINED + 50
const USUAL = {
  MAX_WAITING_PER_ADDRESS: String(MAX_WAITING),
  MAX_JOINED_PER_ADDRESS: String(MAX_JOINED),
}
/** Sockets that are only told why they are not served. */
const MAX_TOLD = 100

const SLOW = 1000
const MAX_SLOW_MS = 22_000
const DRIP_EVERY_MS = 1000

const spoofed = (dice: Dice): Readonly<Record<string, string>> => {
  const address = (): string => dice.bytes(4).join('.')
  return {
    'X-Forwarded-For': Array.from({ length: 1 + dice.below(3) }, address).join(', '),
    'X-Real-IP': address(),
    Forwarded: `for=${address()}`,
  }
}

/** Too many of one address, and too slow. */
export const crowding: readonly Scenario[] = [
  {
    name: 'S9 2,000 sockets of one address, each with another X-Forwarded-For',
    run: ({ dice }) => withServer(USUAL, (server) => crowdTheDoor(server, dice)),
  },
  {
    name: 'S10 1,000 slow and silent sockets of every kind',
    run: () => withServer({}, standSlowSockets),
  },
]

async function crowdTheDoor(server: ServerProcess, dice: Dice): Promise<string> {
  const { port } = server
  const statuses = new Map<string, number>()
  const raws: RawSocket[] = []
  let mostSockets = 0
  const words = await besideNeighbours(server, async () => {
    await eachOf(TRIES, TRIES_AT_ONCE, async (at) => {
      const raw = openRaw(port, upgradeHead(port, spoofed(dice)), ATTACKER)
      raws.push(raw)
      const status = (await raw.head).split(' ')[1] ?? 'none'
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (at % LOOK_EVERY === 0) mostSockets = Math.max(mostSockets, await socketsOf(server))
    })
    await Promise.all(raws.map((raw) => raw.ended))
  })
  const open = statuses.get('101') ?? 0
  // Those who wait and those who are told go after 5 s and some, and others may take their places.
  const most = 2 * (MAX_WAITING + MAX_TOLD)
  must(open <= most, `at most ${most} sockets may open, ${open} did`)
  const waiting = mostSockets - NEIGHBOURS
  must(waiting <= MAX_WAITING, `at most ${MAX_WAITING} of one address may wait, ${waiting} did`)
  const joined = await crowdTheRooms(server, dice)
  return `${open} of ${TRIES} opened, ${joined} of ${JOIN_TRIES} joined; ${words}; ${await mustBeEmpty(server)}`
}

/** @returns how many of one address were seated */
async function crowdTheRooms(server: ServerProcess, dice: Dice): Promise<number> {
  const raws: RawSocket[] = []
  await eachOf(JOIN_TRIES, MAX_WAITING / 2, async () => {
    const raw = openRaw(server.port, upgradeHead(server.port, spoofed(dice)), ATTACKER)
    raws.push(raw)
    await raw.head
    const hello = {
      type: 'hello',
      version: PROTOCOL_VERSION,
      authKey: randomKey(),
      sealed: '',
    }
    await raw.write(frameOf(JSON.stringify(hello)))
    await firstFrame(raw)
  })
  const { peers } = await server.health()
  must(peers === MAX_JOINED, `${MAX_JOINED} of one address may join, ${peers} did`)
  for (const raw of raws) raw.destroy()
  return peers
}

async function firstFrame(raw: RawSocket): Promise<void> {
  while (!raw.isOver() && raw.frames.length === 0) await pause(2)
}

/** How a socket is slow. */
const SLOWNESS: readonly {
  readonly name: string
  readonly opening: (port: number) => string
  /** Sent once a second, as Latin-1. */
  readonly drip: string
}[] = [
  { name: 'says nothing', opening: () => '', drip: '' },
  { name: 'says half a line', opening: () => 'GET / HT', drip: '' },
  { name: 'drips its head', opening: () => 'GET / HTTP/1.1\r\nHost: a\r\n', drip: 'X: y\r\n' },
  {
    name: 'drips its body',
    opening: () => 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n',
    drip: 'x',
  },
  { name: 'says no hello', opening: upgradeHead, drip: '' },
  { name: 'drips its hello', opening: upgradeHead, drip: '\x81' },
  { name: 'pings and says no hello', opening: upgradeHead, drip: '\x89\x80\0\0\0\0' },
]

async function standSlowSockets(server: ServerProcess): Promise<string> {
  const { port } = server
  const slowest = new Map<string, number>()
  const words = await besideNeighbours(server, () =>
    eachOf(SLOW, SLOW, async (at) => {
      await pause(at)
      const slowness = SLOWNESS[at % SLOWNESS.length]
      must(slowness !== undefined, 'there must be a kind')
      const { name, opening, drip } = slowness
      const startedMs = performance.now()
      const raw = openRaw(port, opening(port), `127.0.1.${1 + (at % 250)}`)
      const dripping = setInterval(() => void raw.write(Buffer.from(drip, 'latin1')), DRIP_EVERY_MS)
      const late = setTimeout(raw.destroy, 2 * MAX_SLOW_MS)
      await raw.ended
      clearTimeout(late)
      clearInterval(dripping)
      slowest.set(name, Math.max(slowest.get(name) ?? 0, performance.now() - startedMs))
    }),
  )
  for (const [name, tookMs] of slowest) {
    must(tookMs <= MAX_SLOW_MS, `who ${name} must be gone in 22 s, was after ${seconds(tookMs)}`)
  }
  const kinds = [...slowest].map(([name, tookMs]) => `${name} ${seconds(tookMs)}`)
  return `gone: ${kinds.join(', ')}; ${words}; ${await mustBeEmpty(server)}`
}

async function socketsOf(server: ServerProcess): Promise<number> {
  return Number(/^beatcord_sockets (\d+)$/m.exec(await server.metrics())?.[1])
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
