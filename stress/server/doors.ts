import { get } from 'node:http'
import { MAX_SEALED_CHARS, PROTOCOL_VERSION } from '@beatcord/shared'
import type { Dice } from '../random.ts'
import { must, type Scenario } from '../scenario.ts'
import { mustGrowBy, watchMemory } from './memory.ts'
import { besideNeighbours } from './neighbours.ts'
import { randomKey, sit } from './peer.ts'
import { mustBeEmpty, type ServerProcess, withServer } from './process.ts'
import { frameOf, openRaw, OPCODES, upgradeHead } from './raw-socket.ts'
import { eachOf } from './several.ts'

const AT_ONCE = 20
const ORIGINS = 1000
const KEYS = 2000
const BITS_OF_KEY = 256
const OFFERS = 300
const LARGE = 200
const LEAST_LARGE_BYTES = 65_537
const MAX_LARGE_BYTES = 4_000_000
const MAX_LARGE_GROWTH_MB = 40
const LONG = 1000
const MAX_SURPLUS_CHARS = 10_000

const inKeys = (key: string): string => Buffer.from(key).toString('base64url')
const statusOf = (head: string): string => head.split(' ')[1] ?? 'none'

/** Who may come in, and what a stranger learns at the door. */
export const doors: readonly Scenario[] = [
  {
    name: 'S4 200 messages of 64 KiB to 4 MB',
    run: ({ dice }) => withServer({}, (server) => sendLarge(server, dice)),
  },
  {
    name: 'S6 300 offers of compression',
    run: ({ dice }) => withServer({}, (server) => offerCompression(server, dice)),
  },
  {
    name: 'S11 1,000 pages of other origins',
    run: ({ dice }) => withServer({}, (server) => comeFromElsewhere(server, dice)),
  },
  {
    name: 'S12 2,000 wrong keys, half of them one bit beside the right one, and paths that might list rooms',
    run: ({ dice }) => withServer({}, (server) => lookForRooms(server, dice)),
  },
  {
    name: 'S20 1,000 profiles and keys that are too long',
    run: ({ dice }) => withServer({}, (server) => showTooMuch(server, dice)),
  },
  {
    name: 'S23 S24 nothing of people or rooms in the log, the metrics and the answers',
    run: ({ dice }) => withServer({}, (server) => lookForWords(server, dice)),
  },
]

async function sendLarge(server: ServerProcess, dice: Dice): Promise<string> {
  const codes = new Set<number | undefined>()
  const { said, peakBytes } = await watchMemory(server, (isTrial) =>
    besideNeighbours(server, () =>
      eachOf(isTrial ? AT_ONCE : LARGE, AT_ONCE / 2, async () => {
        const raw = openRaw(server.port, upgradeHead(server.port))
        await raw.head
        await raw.write(frameOf('x'.repeat(LEAST_LARGE_BYTES + dice.below(MAX_LARGE_BYTES))))
        codes.add(await raw.ended)
      }),
    ),
  )
  must([...codes].join() === '1009', `all must be closed with 1009, were with ${[...codes].join()}`)
  const grown = mustGrowBy(peakBytes, MAX_LARGE_GROWTH_MB)
  return `${LARGE} closed with 1009, at most ${grown} more; ${said}; ${await mustBeEmpty(server)}`
}

const EXTENSIONS = [
  'permessage-deflate',
  'permessage-deflate; client_max_window_bits',
  'permessage-deflate; server_no_context_takeover; client_max_window_bits=15',
  'permessage-deflate; server_max_window_bits=8, permessage-deflate',
  'x-webkit-deflate-frame',
]

async function offerCompression(server: ServerProcess, dice: Dice): Promise<string> {
  await eachOf(OFFERS, AT_ONCE, async () => {
    const offer = { 'Sec-WebSocket-Extensions': dice.pick(EXTENSIONS) ?? '' }
    const raw = openRaw(server.port, upgradeHead(server.port, offer))
    const head = await raw.head
    must(statusOf(head) === '101', `an offer may be made, was answered ${statusOf(head)}`)
    must(!/^sec-websocket-extensions/im.test(head), `nothing may be agreed on: ${head}`)
    // As if it had been.
    await raw.write(frameOf(dice.bytes(40), { reserved: 4 }))
    const code = await raw.ended
    must(code === 1002, `what is compressed all the same is closed with 1002, was ${String(code)}`)
  })
  return `none agreed on, ${OFFERS} closed with 1002; ${await mustBeEmpty(server)}`
}

/** One that is not ours, however close it looks. */
function foreignOrigin(port: number, dice: Dice): string {
  const word = Buffer.from(dice.bytes(4)).toString('hex')
  const ours = `127.0.0.1:${port}`
  const origins = [
    `https://${word}.example`,
    `http://${ours}.${word}.example`,
    `http://${word}.${ours}`,
    `http://127.0.0.1:${port + 1 + dice.below(9)}`,
    'http://127.0.0.1',
    `http://localhost:${port}`,
    `http://${ours}@${word}.example`,
    `http://${word}.example/${ours}`,
    `http://${word}.example#${ours}`,
    'null',
    'file://',
    ours,
    `http://${ours}, http://${word}.example`,
    '*',
  ]
  return dice.pick(origins) ?? 'null'
}

async function comeFromElsewhere(server: ServerProcess, dice: Dice): Promise<string> {
  const { port } = server
  const ask = async (headers: Readonly<Record<string, string>>): Promise<string> => {
    const raw = openRaw(port, upgradeHead(port, headers))
    const status = statusOf(await raw.head)
    raw.destroy()
    return status
  }
  await eachOf(ORIGINS, AT_ONCE, async () => {
    const Origin = foreignOrigin(port, dice)
    const status = await ask({ Origin })
    must(status === '403', `a page of ${Origin} must be answered 403, was ${status}`)
  })
  const own = await ask({ Origin: `http://127.0.0.1:${port}` })
  must(own === '101', `a page of ours must be answered 101, was ${own}`)
  return `${ORIGINS} answered 403, ours 101; ${await mustBeEmpty(server)}`
}

const PATHS = ['/rooms', '/api/rooms', '/peers', '/api/peers', '/users', '/stats', '/admin']

async function lookForRooms(server: ServerProcess, dice: Dice): Promise<string> {
  const { url, port } = server
  const key = randomKey()
  const ana = await sit(url, key)
  const shapes = new Set<string>()
  await eachOf(KEYS, AT_ONCE, async (at) => {
    const bytes = at % 2 === 0 ? Buffer.from(key, 'base64url') : Buffer.from(dice.bytes(32))
    // Another bit each time, so that no two who are there at once have the same key.
    const bit = (at / 2) % BITS_OF_KEY
    if (at % 2 === 0) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const { id, claim, roster, role, leave } = await sit(url, bytes.toString('base64url'))
    must(roster.length === 0, 'who has the wrong key must find nobody')
    shapes.add(`${role} ${Object.keys(claim).sort().join()} ${id.length}`)
    await leave()
  })
  must(shapes.size === 1, `all must be told alike, were told ${[...shapes].join(' and ')}`)
  must(ana.heard.length === 0, `nobody may be seen coming, ${ana.heard.length} words came`)
  for (const path of PATHS) {
    const status = await statusAt(port, path)
    must(status === 404, `${path} must be answered 404, was ${status}`)
  }
  await ana.leave()
  return `${KEYS} told alike and found nobody; ${await mustBeEmpty(server)}`
}

const statusAt = (port: number, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, agent: false }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0))
    }).once('error', reject)
  })

async function showTooMuch(server: ServerProcess, dice: Dice): Promise<string> {
  const { port, url } = server
  const authKey = randomKey()
  const longest = await sit(url, authKey, { sealed: 'A'.repeat(MAX_SEALED_CHARS) })
  await eachOf(LONG, AT_ONCE, async (at) => {
    const raw = openRaw(port, upgradeHead(port))
    await raw.head
    const surplus = 'A'.repeat(1 + dice.below(MAX_SURPLUS_CHARS))
    const tooLong =
      at % 2 === 0
        ? { authKey, sealed: 'A'.repeat(MAX_SEALED_CHARS) + surplus }
        : { authKey: authKey + surplus, sealed: '' }
    const hello = { type: 'hello', version: PROTOCOL_VERSION, ...tooLong }
    await raw.write(frameOf(JSON.stringify(hello)))
    await raw.write(frameOf('', { opcode: OPCODES.close }))
    await raw.ended
    const said = raw.frames[0]?.payload.toString() ?? ''
    must(said.includes('"bad-message"'), `it must be refused as bad-message, was ${said}`)
  })
  must(longest.heard.length === 0, `nobody may be seen coming, ${longest.heard.length} words came`)
  const bo = await sit(url, authKey)
  must(
    bo.roster[0]?.sealed.length === MAX_SEALED_CHARS,
    'the longest that is allowed must be shown',
  )
  await Promise.all([longest.leave(), bo.leave()])
  return `${LONG} refused, none seated; ${await mustBeEmpty(server)}`
}

/** All that is told to a server in confidence, or to forge a line of its log. */
async function lookForWords(server: ServerProcess, dice: Dice): Promise<string> {
  const { url, port } = server
  const [authKey, canary] = [inKeys('canary'.padEnd(32, '.')), `canary${dice.below(1e9)}`]
  const sealed = inKeys(canary)
  const two = [await sit(url, authKey, { sealed }), await sit(url, authKey, { sealed })] as const
  two[0].say({ type: 'signal', to: two[1].id, data: canary })
  two[0].say({ type: canary, version: canary, authKey: canary })
  await two[0].heardOf('refused', 1)
  const forged = `${canary}\\r\\n{"event":"peer admitted"}\t`
  const headers = { 'X-Forwarded-For': forged, 'User-Agent': forged, 'X-Request-Id': forged }
  const refused = openRaw(port, upgradeHead(port, { ...headers, Origin: `https://${canary}.test` }))
  await refused.ended
  await statusAt(port, `/${canary}%0a%7B%22event%22:1%7D?${canary}`)
  const answers = `${await server.metrics()}\n${JSON.stringify(await server.health())}`
  await Promise.all(two.map((each) => each.leave()))
  const leaks = await mustBeEmpty(server)
  const lines = server.output().split('\n')
  const all = `${answers}\n${lines.join('\n')}`
  for (const secret of [canary, authKey, sealed, two[0].claim.proof, '127.0.0.1"']) {
    must(!all.includes(secret), `nothing may be told of anybody, ${secret} was`)
  }
  for (const { id } of two) must(!answers.includes(id), `no metric may name anybody, ${id} was`)
  const events = lines.map((line) => (JSON.parse(line) as { event?: string }).event)
  must(!events.includes(undefined), 'each line of the log must be an event')
  return `${lines.length} lines of the log and ${answers.length} characters of answers are clean; ${leaks}`
}
