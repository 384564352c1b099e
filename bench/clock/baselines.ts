import { createDraws } from '../../client/src/jam/testing/random.ts'
import type { ClockWorld } from '../../client/src/jam/testing/clock-world.ts'

/** How far ahead of its own clock each peer believes the shared time to be, whenever it is asked. */
export interface SharedTime {
  /** Undefined before the peer knows anything. Called with rising times. */
  readonly sharedMs: (peer: number, trueMs: number) => number | undefined
}

/** Ways to agree on the time that others use; in the world, the machine after the last peer is the server. */
export const BASELINES: readonly {
  readonly is: string
  readonly create: (world: ClockWorld, peers: number, seed: number) => SharedTime
}[] = [
  { is: "start when the server's message comes, then run free", create: startOnReceipt },
  { is: "the server's stamp as it comes, every 10 s", create: serverStamp },
  { is: 'one NTP sample from the server', create: oneSample },
  { is: 'the quickest of 64 NTP samples from one peer, one a second', create: quickestSample },
]

const START_MS = 5000
const STAMP_EVERY_MS = 10_000
const PING_EVERY_MS = 1000
const WINDOW = 64
/** What an old sample has lost, in ms a ms (RFC 5905 charges 15 parts in a million). */
const AGEING = 15e-6

function startOnReceipt(world: ClockWorld, peers: number): SharedTime {
  return { sharedMs: stampsFrom(world, peers, () => START_MS) }
}

function serverStamp(world: ClockWorld, peers: number): SharedTime {
  const last = (trueMs: number): number =>
    START_MS + Math.floor((trueMs - START_MS) / STAMP_EVERY_MS) * STAMP_EVERY_MS
  return { sharedMs: stampsFrom(world, peers, last) }
}

/** What the server's clock showed when it wrote is taken for what it shows when the message is read. */
function stampsFrom(
  world: ClockWorld,
  server: number,
  sentMs: (trueMs: number) => number,
): SharedTime['sharedMs'] {
  const known = new Map<number, { readonly sentMs: number; readonly offsetMs: number }>()
  return (peer, trueMs) => {
    if (trueMs < START_MS) return undefined
    const atMs = sentMs(trueMs)
    if (known.get(peer)?.sentMs !== atMs) {
      const wayMs = world.wayMs(server, peer, atMs)
      const readMs = atMs + (wayMs ?? 0) + world.wakeMs(peer)
      // What is lost leaves the peer with what it knew.
      if (wayMs !== undefined || !known.has(peer)) {
        const offsetMs = world.localMs(server, atMs) - world.localMs(peer, readMs)
        known.set(peer, { sentMs: atMs, offsetMs })
      }
    }
    return world.localMs(peer, trueMs) + (known.get(peer)?.offsetMs ?? 0)
  }
}

interface Sample {
  readonly atMs: number
  readonly offsetMs: number
  readonly rttMs: number
}

/** There and back, or undefined when either message is lost. */
function ping(world: ClockWorld, from: number, to: number, trueMs: number): Sample | undefined {
  const thereMs = world.wayMs(from, to, trueMs)
  if (thereMs === undefined) return undefined
  const arrivedMs = trueMs + thereMs + world.wakeMs(to)
  const backMs = world.wayMs(to, from, arrivedMs)
  if (backMs === undefined) return undefined
  const backAtMs = arrivedMs + backMs + world.wakeMs(from)
  const sent = world.localMs(from, trueMs)
  const received = world.localMs(from, backAtMs)
  const offsetMs = world.localMs(to, arrivedMs) - (sent + received) / 2
  return { atMs: received, offsetMs, rttMs: received - sent }
}

function oneSample(world: ClockWorld, peers: number): SharedTime {
  const known = new Map<number, Sample>()
  return {
    sharedMs(peer, trueMs) {
      for (let tries = 0; !known.has(peer) && tries < 20; tries++) {
        const sample = ping(world, peer, peers, START_MS + tries * 100)
        if (sample !== undefined) known.set(peer, sample)
      }
      return world.localMs(peer, trueMs) + (known.get(peer)?.offsetMs ?? 0)
    },
  }
}

function quickestSample(world: ClockWorld, _peers: number, seed: number): SharedTime {
  const windows = new Map<number, { samples: Sample[]; nextMs: number }>()
  const draws = createDraws(seed, 9)
  return {
    sharedMs(peer, trueMs) {
      const localMs = world.localMs(peer, trueMs)
      if (peer === 0) return localMs
      const window = windows.get(peer) ?? { samples: [], nextMs: draws.between(0, PING_EVERY_MS) }
      windows.set(peer, window)
      for (; window.nextMs <= trueMs; window.nextMs += PING_EVERY_MS * draws.between(0.8, 1.2)) {
        const sample = ping(world, peer, 0, window.nextMs)
        if (sample !== undefined) window.samples = [...window.samples, sample].slice(-WINDOW)
      }
      const cost = ({ atMs, rttMs }: Sample): number => rttMs / 2 + (localMs - atMs) * AGEING
      const [first, ...rest] = window.samples
      if (first === undefined) return undefined
      const best = rest.reduce((one, other) => (cost(other) < cost(one) ? other : one), first)
      return localMs + best.offsetMs
    },
  }
}
