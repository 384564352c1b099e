import type { Dice } from '../random.ts'
import { must, type Scenario } from '../scenario.ts'
import { mustGrowBy, watchMemory } from './memory.ts'
import { besideNeighbours } from './neighbours.ts'
import { mustBeEmpty, withServer } from './process.ts'
import { eachOf, pause } from './several.ts'
import { frameOf, openRaw, OPCODES, upgradeHead } from './raw-socket.ts'

/** What is sent, and the codes that its socket may be closed with; undefined is an end without a close frame. */
interface Broken {
  readonly name: string
  readonly bytes: (dice: Dice) => Uint8Array
  readonly codes: readonly (number | undefined)[]
}

const SOCKETS = 3000
const AT_ONCE = 20
const MAX_GROWTH_MB = 40
const FRAGMENT_SOCKETS = 100
const FRAGMENTS = 2000
/** More than the server keeps of a message that comes in pieces. */
const PIECES = 1000
const PIECE_EVERY_MS = 10

const PROTOCOL = [1002]
const NOT_UTF8 = [1007]
const TOO_LARGE = [1009]
const OPEN_FRAGMENT = frameOf('{', { isLast: false })
const hex = (text: string): Uint8Array => Buffer.from(text, 'hex')

const KINDS: readonly Broken[] = [
  broken('unmasked', PROTOCOL, () => frameOf('{}', { isMasked: false })),
  broken('with reserved bits', PROTOCOL, (dice) => frameOf('{}', { reserved: 1 + dice.below(7) })),
  broken('with an unknown opcode', PROTOCOL, (dice) =>
    frameOf('{}', { opcode: 3 + dice.below(5) + 8 * dice.below(2) }),
  ),
  broken('that is not UTF-8', NOT_UTF8, (dice) =>
    frameOf(hex(dice.pick(['fffe', 'c0af', 'eda080', 'f8888080', '80', 'e282']) ?? '')),
  ),
  broken('that claims 200 MB', TOO_LARGE, () => frameOf('', { claimedBytes: 200_000_000 })),
  broken('that claims 2^63 - 1 bytes', TOO_LARGE, () =>
    frameOf('', { claimedBytes: 2n ** 63n - 1n }),
  ),
  broken('that is a long ping', PROTOCOL, (dice) =>
    frameOf('x'.repeat(126 + dice.below(1000)), { opcode: OPCODES.ping }),
  ),
  broken('that is part of a ping', PROTOCOL, () =>
    frameOf('x', { opcode: OPCODES.ping, isLast: false }),
  ),
  broken('that goes on with nothing', PROTOCOL, () =>
    frameOf('x', { opcode: OPCODES.continuation }),
  ),
  broken('within another message', PROTOCOL, () => Buffer.concat([OPEN_FRAGMENT, frameOf('{}')])),
  broken('that closes with one byte', PROTOCOL, () => frameOf('x', { opcode: OPCODES.close })),
  broken('that closes with a forbidden code', PROTOCOL, (dice) =>
    frameOf(hex(dice.pick(['03e7', '03ed', '03ee', '03f7', '0000', 'ffff']) ?? ''), {
      opcode: OPCODES.close,
    }),
  ),
  broken('that closes with what is not UTF-8', NOT_UTF8, () =>
    frameOf(hex('03e8ff'), { opcode: OPCODES.close }),
  ),
  // Whatever it comes to; a head that waits for more ends with the time for a hello.
  broken('of random bytes', [1002, 1007, 1008, 1009, 4400, 4408, undefined], (dice) =>
    dice.bytes(2 + dice.below(200)),
  ),
]

const fragments = Buffer.concat([
  OPEN_FRAGMENT,
  ...Array.from({ length: FRAGMENTS }, () =>
    frameOf('x', { opcode: OPCODES.continuation, isLast: false }),
  ),
])

/** What the WebSocket layer itself has to stand. */
export const brokenFrames: readonly Scenario[] = [
  {
    name: 'S3 3,000 frames that break RFC 6455, from sockets that answer nothing',
    run: ({ dice }) =>
      withServer({}, async (server) => {
        const codes = new Map<number | undefined, number>()
        const words = await besideNeighbours(server, () =>
          eachOf(SOCKETS, AT_ONCE, async (at) => {
            const kind = KINDS[at % KINDS.length]
            must(kind !== undefined, 'there must be a kind')
            const raw = openRaw(server.port, upgradeHead(server.port))
            await raw.head
            await raw.write(kind.bytes(dice))
            const code = await raw.ended
            must(kind.codes.includes(code), `a frame ${kind.name} was closed with ${String(code)}`)
            codes.set(code, (codes.get(code) ?? 0) + 1)
          }),
        )
        const counts = [...codes].map(([code, count]) => `${count} × ${String(code ?? 'cut')}`)
        return `${counts.join(', ')}; ${words}; ${await mustBeEmpty(server)}`
      }),
  },
  {
    name: 'S5 messages in thousands of fragments, and of a byte at a time',
    run: () =>
      withServer({}, async (server) => {
        const codes = new Set<number | undefined>()
        const { said, peakBytes } = await watchMemory(server, (isTrial) =>
          besideNeighbours(server, () =>
            eachOf(isTrial ? AT_ONCE : FRAGMENT_SOCKETS, AT_ONCE, async (at) => {
              const raw = openRaw(server.port, upgradeHead(server.port))
              await raw.head
              if (at % 2 === 0) await raw.write(fragments)
              else await drip(raw)
              codes.add(await raw.ended)
            }),
          ),
        )
        must(
          [...codes].every((code) => code === 1008),
          `all must be closed with 1008, were with ${[...codes].join()}`,
        )
        const grown = mustGrowBy(peakBytes, MAX_GROWTH_MB)
        return `${FRAGMENT_SOCKETS} closed with 1008, at most ${grown} more; ${said}; ${await mustBeEmpty(server)}`
      }),
  },
]

/** One frame, a byte of it at a time, so that each comes by itself. */
async function drip(raw: ReturnType<typeof openRaw>): Promise<void> {
  await raw.write(frameOf('', { claimedBytes: 60_000 }))
  for (let piece = 0; piece < PIECES && !raw.isOver(); piece++) {
    await raw.write('x')
    await pause(PIECE_EVERY_MS)
  }
}

function broken(name: string, codes: Broken['codes'], bytes: Broken['bytes']): Broken {
  return { name, codes, bytes }
}
