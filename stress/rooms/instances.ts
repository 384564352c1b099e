import { createClient } from 'redis'
import { ms, must, type Scenario } from '../scenario.ts'
import { type Peer, randomKey, sit } from '../server/peer.ts'
import { pause } from '../server/several.ts'
import { type TwoInstances, withTwoInstances } from './two-instances.ts'

const PAIRS = 20
const AWAY_MS = 8_000
const SLOW_MS = 300
const JOIN_EVERY_MS = 20
const SAY_EVERY_MS = 50
const MAX_JOIN_P99_MS = 100
const MAX_BACK_MS = 1_000
/** What is older is of no use to whom it is for. */
const MAX_AGE_MS = 5_000
const SETTLE_MS = 1_500
const LOOK_EVERY_MS = 10

/** What happens to Redis, and what ends that. */
interface Trouble {
  readonly name: string
  readonly begin: (two: TwoInstances) => Promise<void>
  /** Resolves when Redis serves again. */
  readonly end: (two: TwoInstances) => Promise<void>
  readonly lastsMs: number
}

const quick = async (two: TwoInstances, ...command: string[]): Promise<void> => {
  const client = await createClient({ url: two.redis.url }).connect()
  await client.sendCommand(command)
  client.destroy()
}

const nothing = (): Promise<void> => Promise.resolve()

/** Sleeps that Redis takes one after the other, with a little time between them. */
function keepSlow(two: TwoInstances): Promise<void> {
  void (async () => {
    const endMs = performance.now() + AWAY_MS - SLOW_MS
    const client = await createClient({ url: two.redis.url }).connect()
    while (performance.now() < endMs) {
      await client.sendCommand(['DEBUG', 'SLEEP', String(SLOW_MS / 1000)])
      await pause(LOOK_EVERY_MS)
    }
    client.destroy()
  })()
  return Promise.resolve()
}

const TROUBLES: readonly Trouble[] = [
  {
    name: 'killed',
    begin: ({ redis }) => redis.kill(),
    end: ({ redis }) => redis.start(),
    lastsMs: AWAY_MS,
  },
  {
    name: 'stopped',
    begin({ redis }) {
      redis.signal('SIGSTOP')
      return nothing()
    },
    end({ redis }) {
      redis.signal('SIGCONT')
      return nothing()
    },
    lastsMs: AWAY_MS,
  },
  { name: 'flushed', begin: (two) => quick(two, 'FLUSHALL'), end: nothing, lastsMs: AWAY_MS },
  { name: 'slowed to 300 ms an answer', begin: keepSlow, end: nothing, lastsMs: AWAY_MS },
]

/** What several instances do when the Redis between them is in trouble. */
export const instances: readonly Scenario[] = TROUBLES.map((trouble) => ({
  name: `two instances behind one address, Redis ${trouble.name}`,
  run: () => withTwoInstances((two) => play(two, trouble)),
}))

async function play(two: TwoInstances, trouble: Trouble): Promise<string> {
  const pairs = await seat(two)
  const [locals, across] = [pairs.filter(isLocal), pairs.filter((pair) => !isLocal(pair))]
  const watched = watch(pairs)
  await pause(SETTLE_MS)
  const stopTalking = talk(pairs)
  await trouble.begin(two)
  const joinsMs = await joinFor(two, trouble.lastsMs)
  const localGap = Math.max(...locals.map(({ to }) => watched.longestGapMs(to)))
  await trouble.end(two)
  const backMs = await backAfter(across, watched)
  await pause(SETTLE_MS)
  stopTalking()

  const p99 = joinsMs.sort((a, b) => a - b)[Math.floor(joinsMs.length * 0.99)] ?? NaN
  const lost = pairs
    .flatMap(({ from, to }) => [from, to])
    .flatMap(({ heard }) => heard.filter(({ type }) => type === 'peer-gone'))
  const figures = `joins p99 ${ms(p99)} of ${joinsMs.length}, across again after ${ms(backMs)}, at most ${ms(localGap)} between two signals at one instance, oldest delivered ${ms(watched.oldestMs())}`
  must(p99 <= MAX_JOIN_P99_MS, `99 of 100 must get in within 100 ms: ${figures}`)
  must(backMs <= MAX_BACK_MS, `others must be heard again within a second: ${figures}`)
  must(watched.oldestMs() <= MAX_AGE_MS, `nothing stale may be delivered: ${figures}`)
  must(lost.length === 0, `nobody may be seen to go, ${lost.length} were: ${figures}`)
  for (const { from, to } of pairs) for (const peer of [from, to]) await peer.leave()
  // An instance that had ended would not end well.
  for (const server of [two.first, two.second]) {
    must((await server.end('SIGTERM')) === 0, 'both must still run, and end well')
    await server.start()
  }
  return figures
}

interface Pair {
  readonly from: Peer
  readonly to: Peer
  readonly isAcross: boolean
}

const isLocal = ({ isAcross }: Pair): boolean => !isAcross

/** Half of them at one instance, half over both. */
const seat = ({ first, second }: TwoInstances): Promise<readonly Pair[]> =>
  Promise.all(
    Array.from({ length: PAIRS }, async (_, at) => {
      const key = randomKey()
      const isAcross = at % 2 === 1
      const from = await sit(first.url, key)
      const to = await sit(isAcross ? second.url : first.url, key)
      return { from, to, isAcross }
    }),
  )

interface Watch {
  /** When each was last reached. */
  readonly lastMs: (peer: Peer) => number
  readonly longestGapMs: (peer: Peer) => number
  /** Of all that was delivered, how long it was on its way. */
  readonly oldestMs: () => number
}

function watch(pairs: readonly Pair[]): Watch {
  const last = new Map<Peer, number>()
  const gaps = new Map<Peer, number>()
  let oldestMs = 0
  for (const { to } of pairs) {
    to.onMessage((message) => {
      if (message.type !== 'signal') return
      const nowMs = performance.now()
      oldestMs = Math.max(oldestMs, nowMs - Number(message.data))
      gaps.set(to, Math.max(gaps.get(to) ?? 0, nowMs - (last.get(to) ?? nowMs)))
      last.set(to, nowMs)
    })
  }
  return {
    lastMs: (peer) => last.get(peer) ?? 0,
    longestGapMs: (peer) => gaps.get(peer) ?? 0,
    oldestMs: () => oldestMs,
  }
}

/** Each says again and again what time it is. */
function talk(pairs: readonly Pair[]): () => void {
  const timer = setInterval(() => {
    for (const { from, to } of pairs) {
      from.say({ type: 'signal', to: to.id, data: String(performance.now()) })
    }
  }, SAY_EVERY_MS)
  return () => clearInterval(timer)
}

/** One after the other comes to a new room, and to one that is there. @returns how long each took, in ms */
async function joinFor({ url }: TwoInstances, forMs: number): Promise<number[]> {
  const endMs = performance.now() + forMs
  const tookMs: number[] = []
  const known = randomKey()
  while (performance.now() < endMs) {
    const startMs = performance.now()
    const peer = await sit(url, tookMs.length % 2 === 0 ? randomKey() : known)
    tookMs.push(performance.now() - startMs)
    await peer.leave()
    await pause(JOIN_EVERY_MS)
  }
  return tookMs
}

/** How long it takes until all are reached again. */
async function backAfter(pairs: readonly Pair[], { lastMs }: Watch): Promise<number> {
  const startMs = performance.now()
  while (!pairs.every(({ to }) => lastMs(to) >= startMs)) {
    must(performance.now() - startMs < 30_000, 'others must be heard again')
    await pause(LOOK_EVERY_MS)
  }
  return performance.now() - startMs
}
