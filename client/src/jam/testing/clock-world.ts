import { createDraws, type Draws } from './random.ts'

/** What kind of network lies between the peers; times in ms. */
export interface PathClass {
  readonly name: string
  /** Round trips without queues, of the nearest pair and the farthest. */
  readonly rttMs: readonly [number, number]
  /** Mean of what each message waits beyond that, one way. */
  readonly jitterMs: number
  /** Share of messages lost, one way. */
  readonly loss: number
  /** The two ways of one path differ by up to this share of it. */
  readonly skew: number
  /** How much slower sending may be than receiving at each one's access. */
  readonly uplinkMs: number
  /** Share of the time in which somebody's upload fills a queue of 15 to 120 ms. */
  readonly bloat: number
}

export const PATHS = {
  wired: {
    name: 'wired LAN',
    rttMs: [1, 3],
    jitterMs: 0.15,
    loss: 0.001,
    skew: 0,
    uplinkMs: 0.1,
    bloat: 0,
  },
  wifi: {
    name: 'Wi-Fi',
    rttMs: [2, 8],
    jitterMs: 3,
    loss: 0.02,
    skew: 0,
    uplinkMs: 0.5,
    bloat: 0,
  },
  metro: {
    name: 'metro',
    rttMs: [8, 25],
    jitterMs: 1,
    loss: 0.01,
    skew: 0.05,
    uplinkMs: 2,
    bloat: 0,
  },
  country: {
    name: 'country',
    rttMs: [20, 60],
    jitterMs: 4,
    loss: 0.02,
    skew: 0.05,
    uplinkMs: 5,
    bloat: 0.15,
  },
  continent: {
    name: 'continent',
    rttMs: [40, 120],
    jitterMs: 5,
    loss: 0.02,
    skew: 0.08,
    uplinkMs: 5,
    bloat: 0.1,
  },
  symmetric: {
    name: 'symmetric continent',
    rttMs: [40, 120],
    jitterMs: 5,
    loss: 0.02,
    skew: 0,
    uplinkMs: 0,
    bloat: 0.1,
  },
  world: {
    name: 'bad world',
    rttMs: [120, 200],
    jitterMs: 15,
    loss: 0.1,
    skew: 0.15,
    uplinkMs: 10,
    bloat: 0.3,
  },
} as const satisfies Readonly<Record<string, PathClass>>

/** Machines with clocks of their own and the paths between them; the truth is known here alone. Peers count from 0. */
export interface ClockWorld {
  /** What that peer's monotonic clock shows, without the steps in which a page may read it. */
  localMs(peer: number, trueMs: number): number
  /** How much faster than true time it runs: 0.00005 gains 50 µs a second. */
  drift(peer: number): number
  /** What a message needs one way, or undefined when it is lost. */
  wayMs(from: number, to: number, trueMs: number): number | undefined
  /** How long an arrived message waits until a page sees it. */
  wakeMs(peer: number): number
  /** Half of the difference of the two ways without queues: by so much any estimate of this pair is off, ms. */
  skewMs(one: number, other: number): number
}

export interface ClockWorldOptions {
  readonly path: PathClass
  readonly peers: number
  readonly seconds: number
  readonly seed: number
  /** In place of what the seed draws: so much faster a peer's clock runs. */
  readonly drifts?: Readonly<Record<number, number>>
}

const MAX_OFFSET_MS = 1e6
const MAX_DRIFT = 50e-6
/** Crystals follow the room's warmth: half a millionth, up and down in ten minutes. */
const WANDER = 0.5e-6
const WANDER_MS = 600_000 / (2 * Math.PI)
const SPIKE_SHARE = 0.02
const WAKE_MS = 0.15

export function createClockWorld({
  path,
  peers,
  seconds,
  seed,
  drifts = {},
}: ClockWorldOptions): ClockWorld {
  const draws = createDraws(seed, peers, 1)
  const machines = Array.from({ length: peers }, (_, index) => ({
    offsetMs: draws.between(-MAX_OFFSET_MS, MAX_OFFSET_MS),
    drift: drifts[index] ?? draws.between(-MAX_DRIFT, MAX_DRIFT),
    phase: draws.between(0, 2 * Math.PI),
    x: draws.next(),
    y: draws.next(),
    uplinkMs: draws.next() * path.uplinkMs,
    queues: queuesOf(path.bloat, seconds * 1000, draws),
    wakes: createDraws(seed, index, 2),
  }))
  const machine = (peer: number): (typeof machines)[number] => {
    const found = machines[peer]
    if (found === undefined) throw new RangeError(`a peer must be one of ${peers}, got ${peer}`)
    return found
  }
  const ways = machines.map((from, one) =>
    machines.map((to, other) => {
      const distance = Math.hypot(from.x - to.x, from.y - to.y) / Math.SQRT2
      const [nearMs, farMs] = path.rttMs
      const low = Math.min(one, other)
      const high = Math.max(one, other)
      const skew = createDraws(seed, low, high, 3).between(-path.skew, path.skew)
      const straightMs = (nearMs + (farMs - nearMs) * distance) / 2
      return {
        leastMs: straightMs * (1 + (one < other ? skew : -skew)) + from.uplinkMs,
        draws: createDraws(seed, one, other, 4),
      }
    }),
  )
  const way = (from: number, to: number): { readonly leastMs: number; readonly draws: Draws } => {
    const found = ways[from]?.[to]
    if (found === undefined) throw new RangeError(`there is no way from ${from} to ${to}`)
    return found
  }
  return {
    localMs(peer, trueMs) {
      const { offsetMs, drift, phase } = machine(peer)
      const wander = WANDER * WANDER_MS * (1 - Math.cos(trueMs / WANDER_MS + phase))
      return offsetMs + trueMs * (1 + drift) + wander
    },
    drift: (peer) => machine(peer).drift,
    wayMs(from, to, trueMs) {
      const { leastMs, draws: luck } = way(from, to)
      const isLost = luck.next() < path.loss
      let waitMs = luck.exponential(path.jitterMs)
      if (luck.next() < SPIKE_SHARE) waitMs += luck.between(2, 10) * path.jitterMs
      const full = machine(from).queues.find(
        ({ fromMs, toMs }) => trueMs >= fromMs && trueMs < toMs,
      )
      if (full !== undefined) waitMs += full.delayMs * luck.between(0.3, 1)
      return isLost ? undefined : leastMs + waitMs
    },
    wakeMs(peer) {
      const { wakes } = machine(peer)
      const waitMs = wakes.exponential(WAKE_MS)
      return wakes.next() < SPIKE_SHARE ? waitMs + wakes.between(1, 25) : waitMs
    },
    skewMs: (one, other) => Math.abs(way(one, other).leastMs - way(other, one).leastMs) / 2,
  }
}

interface Queue {
  readonly fromMs: number
  readonly toMs: number
  readonly delayMs: number
}

/** Uploads of 4 to 15 s, as many as fill that share of the time. */
function queuesOf(share: number, spanMs: number, draws: Draws): readonly Queue[] {
  if (share === 0) return []
  const queues: Queue[] = []
  const meanMs = 9500
  for (let atMs = 0; atMs < spanMs;) {
    const fromMs = atMs + draws.exponential((meanMs * (1 - share)) / share)
    const toMs = fromMs + draws.between(4000, 15_000)
    queues.push({ fromMs, toMs, delayMs: draws.between(15, 120) })
    atMs = toMs
  }
  return queues
}
