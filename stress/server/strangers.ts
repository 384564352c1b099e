import { randomBytes } from 'node:crypto'
import { WebSocket } from 'ws'
import { PROTOCOL_VERSION, type Role, type SeatClaim } from '@beatcord/shared'
import type { Dice } from '../random.ts'
import { must, type Scenario } from '../scenario.ts'
import { mustHear, pair, randomKey, sit } from './peer.ts'
import { mustBeEmpty, withServer, type ServerProcess } from './process.ts'

const MALFORMED = 100_000
const FORGED = 10_000
const MAX_GROWTH_BYTES = 40_000_000
/** Before a socket is closed for its refusals, which costs a new one. */
const PER_SOCKET = 19
const BATCH = 50
const HOUR_MS = 3_600_000

/** What strangers and members of other rooms may try at the server's door. */
export const strangers: readonly Scenario[] = [
  {
    name: '100,000 malformed frames',
    run: ({ dice }) =>
      withServer({}, async (server) => {
        const [ana, bo] = await pair(server.url)
        // What it needs to serve at all is there by then.
        await throwFrames(server.url, MALFORMED / 10, dice)
        const before = server.memoryBytes()
        await throwFrames(server.url, MALFORMED, dice)
        const grown = server.memoryBytes() - before
        await mustHear(ana, bo)
        must(grown <= MAX_GROWTH_BYTES, `it may grow by 40 MB, it grew by ${grown / 1e6} MB`)
        await Promise.all([ana.leave(), bo.leave()])
        return `0 exits, ${(grown / 1e6).toFixed(1)} MB more; ${await mustBeEmpty(server)}`
      }),
  },
  {
    name: '10,000 signals across rooms and with a forged sender',
    run: ({ dice }) =>
      withServer({}, async (server) => {
        const [ana, bo] = await pair(server.url)
        let refused = 0
        for (let at = 0; at < FORGED; at += PER_SOCKET) {
          const mallory = await sit(server.url, randomKey())
          const tries = Math.min(PER_SOCKET, FORGED - at)
          for (let each = 0; each < tries; each++) {
            const to = dice.chance(0.5) ? ana.id : bo.id
            const from = dice.chance(0.5) ? { from: bo.id } : {}
            mallory.say({ type: 'signal', to, data: 'forged', ...from })
          }
          await mallory.heardOf('refused', tries)
          refused += tries
          await mallory.leave()
        }
        const delivered = [ana, bo].flatMap(({ heard }) =>
          heard.filter(({ type }) => type === 'signal'),
        )
        must(delivered.length === 0, `none may be delivered, ${delivered.length} were`)
        await mustHear(ana, bo)
        await Promise.all([ana.leave(), bo.leave()])
        return `${refused} refused, 0 delivered; ${await mustBeEmpty(server)}`
      }),
  },
  {
    name: '300 certificates replayed, altered and of others make nobody a host',
    run: ({ dice }) => withServer({}, (server) => tryCertificates(server, dice)),
  },
  {
    name: 'S16 a certificate counts after a restart for as long as it holds, and no longer',
    run: () =>
      withServer({}, async (server) => {
        const within = await roleAfter(server, 0.9 * HOUR_MS)
        const later = await roleAfter(server, 1.1 * HOUR_MS)
        must(within === 'host', `a host must be one after 54 minutes, was ${within}`)
        must(later === 'player', `a host must be none after 66 minutes, was ${later}`)
        return `${within} after 54 minutes, ${later} after 66; ${await mustBeEmpty(server)}`
      }),
  },
]

/** What the server makes of a host when it was started anew, so much later, and somebody else came first. */
async function roleAfter(server: ServerProcess, laterMs: number): Promise<Role> {
  const key = randomKey()
  const ana = await sit(server.url, key)
  const bo = await sit(server.url, key)
  must(ana.role === 'host' && bo.role === 'player', 'the first must be host')
  await server.end('SIGKILL')
  await server.start(laterMs)
  const cy = await sit(server.url, key)
  const again = await sit(server.url, key, { seat: ana.claim })
  must(again.id === ana.id, 'a proven seat must keep its id')
  await Promise.all([cy, again].map((each) => each.leave()))
  await server.end('SIGKILL')
  await server.start()
  return again.role
}

async function tryCertificates(server: ServerProcess, dice: Dice): Promise<string> {
  const key = randomKey()
  const ana = await sit(server.url, key)
  const bo = await sit(server.url, key)
  const elsewhere = await sit(server.url, randomKey())
  const host = ana.claim.certificate ?? ''
  const [head = '', body = '', signature = ''] = host.split('.')
  for (let each = 0; each < 300; each++) {
    const bytes = Buffer.from(signature, 'base64url')
    const at = dice.below(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8))
    const certificate = dice.pick([
      host,
      elsewhere.claim.certificate ?? '',
      `${head}.${body}.${bytes.toString('base64url')}`,
      `${head}.${Buffer.from(JSON.stringify({ role: 'host' })).toString('base64url')}.${signature}`,
    ])
    const proof = randomBytes(32).toString('base64url').slice(0, 42) + 'A'
    const claim: SeatClaim = { peerId: ana.id, proof, certificate: certificate ?? host }
    const mallory = await sit(server.url, key, { seat: claim })
    must(mallory.id !== ana.id, 'nobody may get a seat that they cannot prove')
    must(mallory.role === 'player', `a stranger must be a newcomer, was ${mallory.role}`)
    await mallory.leave()
  }
  await mustHear(ana, bo)
  await Promise.all([ana, bo, elsewhere].map((each) => each.leave()))
  return `300 newcomers, none a host; ${await mustBeEmpty(server)}`
}

async function throwFrames(url: string, count: number, dice: Dice): Promise<void> {
  for (let at = 0; at < count; at += BATCH * PER_SOCKET) {
    await Promise.all(Array.from({ length: BATCH }, () => throwSome(url, dice)))
  }
}

/** Junk of many kinds over one socket, until it is closed or all was sent. */
async function throwSome(url: string, dice: Dice): Promise<void> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  await Promise.race([new Promise((resolve) => socket.once('open', resolve)), closed])
  for (let each = 0; each < PER_SOCKET; each++) {
    if (socket.readyState === WebSocket.OPEN) socket.send(junk(dice))
  }
  socket.close()
  await closed
}

function junk(dice: Dice): string | Uint8Array {
  const text = JSON.stringify({
    type: dice.pick(['hello', 'signal', 'profile', 'remove', 'set-role', '__proto__', 7]),
    version: dice.pick([PROTOCOL_VERSION, -1, 1e9, null]),
    authKey: dice.pick(['A'.repeat(43), 'A', {}, []]),
    sealed: 'A'.repeat(dice.below(1200)),
    [dice.pick(['to', 'constructor', '__proto__', 'from']) ?? 'to']: dice.pick([null, [], {}, 'x']),
  })
  switch (dice.below(5)) {
    case 0:
      return dice.bytes(dice.below(300))
    case 1:
      return text.slice(0, dice.below(text.length))
    case 2:
      return '['.repeat(dice.below(8000))
    case 3:
      return text
    default:
      return Buffer.from(dice.bytes(dice.below(200))).toString('latin1')
  }
}
