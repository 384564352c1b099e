import { type PeerId, PROTOCOL_VERSION } from '@beatcord/shared'
import { must, type Scenario } from '../scenario.ts'
import { mustGrowBy, watchMemory } from './memory.ts'
import { besideNeighbours, NEIGHBOURS } from './neighbours.ts'
import { type Peer, randomKey, sit } from './peer.ts'
import { mustBeEmpty, type ServerProcess, SPARE_FILES, withServer } from './process.ts'
import { frameOf, openRaw, OPCODES, type RawSocket, upgradeHead } from './raw-socket.ts'
import { pause } from './several.ts'

const READERS = 200
/** As many as fit a chunk that the server reads at once. */
const ASKED_AT_ONCE = 800
const READER_EVERY_MS = 25
/** By then the first of them are connected. */
const CONNECTED_MS = 1000
const MAX_STALLED_MS = 45_000

const ROOMS = 4
const TALKERS = 12
const BIG_SIGNAL = 'x'.repeat(16_000)
/** All that the bucket of one who talks lets through at once. */
const SIGNALS_EACH = 65
const SIGNAL_EVERY_MS = 60
const MAX_READING_MS = 20_000
const MAX_GROWTH_MB = 60

/** A room whose members talk to one who does not read. */
interface Audience {
  readonly talkers: readonly Peer[]
  readonly slow: RawSocket
  readonly slowId: PeerId
}

/** Who asks and is told, and reads nothing of it. */
export const slowReaders: readonly Scenario[] = [
  {
    name: 'S10 200 readers of the page who read nothing, half of them asking 800 times',
    run: () => withServer({}, readNoPage),
  },
  {
    name: 'S19 four who stop reading while twelve talk to each of them',
    run: () => withServer({}, readNoSignals),
  },
]

async function readNoPage(server: ServerProcess): Promise<string> {
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await server.page())?.[1]
  must(script !== undefined, 'the page must have a script')
  const ask = `GET ${script} HTTP/1.1\r\nHost: a\r\n\r\n`
  const more = (): number => server.openFiles() - server.firstHeld().files
  let mostFiles = 0
  let goneMs = 0
  const { said, peakBytes } = await watchMemory(server, (isTrial) =>
    besideNeighbours(server, async () => {
      const raws: RawSocket[] = []
      for (let at = 0; at < (isTrial ? 10 : READERS); at++) {
        const raw = openRaw(server.port, ask.repeat(at % 2 === 0 ? 1 : ASKED_AT_ONCE))
        raw.pause()
        raws.push(raw)
        mostFiles = Math.max(mostFiles, more())
        await pause(READER_EVERY_MS)
      }
      const startedMs = performance.now()
      const tookMs = (): number => performance.now() - startedMs
      const isGone = (): boolean => tookMs() > CONNECTED_MS && more() <= NEIGHBOURS + SPARE_FILES
      while (tookMs() < MAX_STALLED_MS && !isGone()) {
        mostFiles = Math.max(mostFiles, more())
        await pause(100)
      }
      const left = more() - NEIGHBOURS - SPARE_FILES
      must(isGone(), `all must be gone in 45 s, ${left} files and sockets were not`)
      goneMs = tookMs()
      for (const raw of raws) raw.destroy()
    }),
  )
  const most = 2 * READERS + NEIGHBOURS + SPARE_FILES
  must(mostFiles <= most, `at most ${most} more files may be open, ${mostFiles} were`)
  const grown = mustGrowBy(peakBytes, MAX_GROWTH_MB)
  return `gone after ${(goneMs / 1000).toFixed(1)} s, at most ${mostFiles} more files open, ${grown} more; ${said}; ${await mustBeEmpty(server)}`
}

async function readNoSignals(server: ServerProcess): Promise<string> {
  const { said, peakBytes } = await watchMemory(server, async (isTrial) => {
    const rooms = Array.from({ length: isTrial ? 1 : ROOMS }, () => audienceAt(server))
    const audiences = await Promise.all(rooms)
    const words = await besideNeighbours(server, async () => {
      await Promise.all(audiences.map(talkToTheSlow))
    })
    for (const { talkers } of audiences) await Promise.all(talkers.map((each) => each.leave()))
    return words
  })
  const grown = mustGrowBy(peakBytes, MAX_GROWTH_MB)
  return `${ROOMS} cut off, at most ${grown} more; ${said}; ${await mustBeEmpty(server)}`
}

async function audienceAt({ port, url }: ServerProcess): Promise<Audience> {
  const authKey = randomKey()
  const talkers = await Promise.all(Array.from({ length: TALKERS }, () => sit(url, authKey)))
  const slow = openRaw(port, upgradeHead(port))
  await slow.head
  const hello = { type: 'hello', version: PROTOCOL_VERSION, authKey, sealed: 'c2xvdw' }
  await slow.write(frameOf(JSON.stringify(hello)))
  return { talkers, slow, slowId: await idOfTheSlow(talkers[0]) }
}

async function idOfTheSlow(talker: Peer | undefined): Promise<PeerId> {
  const endMs = performance.now() + MAX_READING_MS
  while (performance.now() < endMs) {
    for (const message of talker?.heard ?? []) {
      if (message.type === 'peer-joined' && message.peer.sealed !== '') return message.peer.peerId
    }
    await pause(10)
  }
  throw new Error('the slow one must be seen coming')
}

/** Resolves when the room has seen the slow one go away. */
async function talkToTheSlow({ talkers, slow, slowId }: Audience): Promise<void> {
  slow.pause()
  // Pongs, so that it is not silence that it is cut off for.
  const pongs = setInterval(() => void slow.write(frameOf('', { opcode: OPCODES.pong })), 1000)
  for (let at = 0; at < SIGNALS_EACH; at++) {
    for (const talker of talkers) talker.say({ type: 'signal', to: slowId, data: BIG_SIGNAL })
    await pause(SIGNAL_EVERY_MS)
  }
  const isAway = (): boolean =>
    talkers.every(({ heard }) =>
      heard.some(
        (message) =>
          message.type === 'peer-changed' &&
          message.peer.peerId === slowId &&
          message.peer.presence === 'away',
      ),
    )
  const endMs = performance.now() + MAX_READING_MS
  while (!isAway() && performance.now() < endMs) await pause(50)
  clearInterval(pongs)
  must(isAway(), 'who reads nothing must be cut off and seen away within 20 s, was not')
  slow.destroy()
}
