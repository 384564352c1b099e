import { PROTOCOL_VERSION } from '@beatcord/shared'
import { must, type Scenario } from '../scenario.ts'
import { mustGrowBy, watchMemory } from './memory.ts'
import { mustHear, pair, type Peer, randomKey, sit } from './peer.ts'
import { mustBeEmpty, type ServerProcess, withServer } from './process.ts'
import { frameOf, openRaw, upgradeHead } from './raw-socket.ts'
import { eachOf, pause } from './several.ts'

const TAKEOVERS = 300
const AT_ONCE = 20
/** By then whoever is replaced has been told. */
const SETTLED_MS = 2000
const GHOSTS = 200
const GHOST_ROOMS = 20
const MAX_AWAY_MS = 15_000
const MAX_GONE_MS = 40_000
const VISITS = 10_000
const ABSENT = 60_000
/** What a socket may send at once, less its hello and its leave. */
const SIGNALS_EACH = 390
const MAX_KEPT_MB = 20

/** Whose seat is whose, and what is left of those who go. */
export const seatsInNumbers: readonly Scenario[] = [
  {
    name: 'S15 one seat taken 300 times, twenty at a time, and claimed without proof as often',
    run: () => withServer({}, takeOver),
  },
  {
    name: 'S17 200 who answer no ping any more',
    run: () => withServer({}, fallSilent),
  },
  {
    name: 'S18 10,000 rooms entered and left, and 60,000 signals to nobody',
    run: () => withServer({}, leaveNothing),
  },
]

async function takeOver(server: ServerProcess): Promise<string> {
  const { url } = server
  const key = randomKey()
  const ana = await sit(url, key)
  const first = await sit(url, key)
  await ana.heardOf('peer-joined', 1)
  const takers: Peer[] = [first]
  await eachOf(TAKEOVERS, AT_ONCE, async () => {
    takers.push(await sit(url, key, { seat: first.claim }))
  })
  const [holder, ...others] = await stillOpen(takers)
  must(
    holder !== undefined && others.length === 0,
    `one must hold the seat, ${1 + others.length} do`,
  )
  const wrong = takers.filter(({ id }) => id !== first.id).length
  must(wrong === 0, `a proven seat must keep its id, ${wrong} got another`)
  const { peers } = await server.health()
  must(peers === 2, `2 seats must be taken, ${peers} are`)
  const told = (type: string): number => ana.heard.filter((each) => each.type === type).length
  const flaps = told('peer-gone') + told('peer-joined') - 1
  must(flaps === 0, `nobody may be seen going or coming, ${flaps} were`)
  const changes = told('peer-changed')
  must(changes <= TAKEOVERS, `each may be told once, ${changes} changes were`)
  await mustHear(ana, holder)

  const proof = `${'B'.repeat(42)}A`
  await eachOf(TAKEOVERS, AT_ONCE, async () => {
    const mallory = await sit(url, randomKey(), { seat: { ...first.claim, proof } })
    must(mallory.id !== first.id, 'without proof nobody may get a seat')
    await mallory.leave()
  })
  await mustHear(ana, holder)
  await Promise.all([ana.leave(), holder.leave()])
  return `one holds it, ${changes} changes told, 0 seen going; 0 of ${TAKEOVERS} without proof; ${await mustBeEmpty(server)}`
}

/** Those whose socket is open when all the others' are closed, with 4501. */
async function stillOpen(peers: readonly Peer[]): Promise<readonly Peer[]> {
  const codes = await Promise.all(
    peers.map(({ closed }) => Promise.race([closed, pause(SETTLED_MS).then(() => undefined)])),
  )
  const rude = codes.filter((code) => code !== undefined && code !== 4501)
  must(rude.length === 0, `who is replaced is closed with 4501, was with ${rude.join()}`)
  return peers.filter((_, at) => codes[at] === undefined)
}

async function fallSilent(server: ServerProcess): Promise<string> {
  const { url, port } = server
  const keys = Array.from({ length: GHOST_ROOMS }, randomKey)
  const watchers = await Promise.all(keys.map((key) => sit(url, key)))
  const startedMs = performance.now()
  const awayMs: number[] = []
  const goneMs: number[] = []
  for (const watcher of watchers) {
    watcher.onMessage((message) => {
      const tookMs = performance.now() - startedMs
      if (message.type === 'peer-gone') goneMs.push(tookMs)
      if (message.type === 'peer-changed' && message.peer.presence === 'away') awayMs.push(tookMs)
    })
  }
  await eachOf(GHOSTS, AT_ONCE, async (at) => {
    const raw = openRaw(port, upgradeHead(port))
    await raw.head
    const authKey = keys[at % keys.length]
    const hello = { type: 'hello', version: PROTOCOL_VERSION, authKey, sealed: '' }
    await raw.write(frameOf(JSON.stringify(hello)))
  })
  const endMs = startedMs + MAX_GONE_MS
  while (goneMs.length < GHOSTS && performance.now() < endMs) await pause(50)
  must(awayMs.length === GHOSTS, `all must be seen away, ${awayMs.length} were`)
  must(goneMs.length === GHOSTS, `all must be seen gone, ${goneMs.length} were`)
  const [away, gone] = [Math.max(...awayMs), Math.max(...goneMs)]
  must(away <= MAX_AWAY_MS, `all must be away within 15 s, the last was after ${inSeconds(away)}`)
  await Promise.all(watchers.map((watcher) => watcher.leave()))
  return `away within ${inSeconds(away)}, gone within ${inSeconds(gone)}; ${await mustBeEmpty(server)}`
}

async function leaveNothing(server: ServerProcess): Promise<string> {
  const [ana, bo] = await pair(server.url)
  const { keptBytes } = await watchMemory(server, async (isTrial) => {
    const share = isTrial ? 0.1 : 1
    await eachOf(VISITS * share, AT_ONCE, async () => {
      const visitor = await sit(server.url, randomKey())
      await visitor.leave()
    })
    await eachOf((ABSENT * share) / SIGNALS_EACH, 5, async (at) => {
      const mallory = await sit(server.url, randomKey())
      const to = `${'b'.repeat(20)}${at.toString(32).replaceAll(/\d/g, 'z')}`.padEnd(26, 'c')
      for (let count = 0; count < SIGNALS_EACH; count++) {
        mallory.say({ type: 'signal', to, data: 'x'.repeat(2000) })
      }
      await mallory.heardOf('refused', SIGNALS_EACH)
      await mallory.leave()
    })
  })
  await mustHear(ana, bo)
  await Promise.all([ana.leave(), bo.leave()])
  return `${mustGrowBy(keptBytes, MAX_KEPT_MB)} kept; ${await mustBeEmpty(server)}`
}

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
