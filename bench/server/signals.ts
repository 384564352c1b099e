import { figuresOf, type Row } from '../rows.ts'
import type { Say } from '../suite.ts'
import { processorSeconds } from './proc.ts'
import { type Kind, KINDS } from './servers.ts'
import { allowedSockets, ECHO_IS, onServer, rounded, rowOf, type Stage } from './stage.ts'

const SOCKETS = 5000
const PASSES = 2
const WARM_UP = 10_000
const BURST = 30_000
const PER_SECOND = 1000
const STEADY_SECONDS = 10
const MAX_RATIO = 0.55
const MAX_P50_MS = 0.35

/** What was seen of one server. */
interface Seen {
  /** Of its processor for 1,000 signals as fast as they go, in ms, pass after pass. */
  readonly cpuMs: number[]
  /** From one peer to the other at a steady rate, in ms. */
  readonly oneWayMs: number[]
  /** Of one processor at that rate, in percent, pass after pass. */
  readonly busy: number[]
}

export interface SignalSizes {
  readonly sockets: number
  readonly burst: number
  readonly steadySeconds: number
}

/** What a signal for one other peer costs, and how long it is on its way; servers by turns. */
export async function signalRows(
  say: Say,
  sizes: SignalSizes = { sockets: SOCKETS, burst: BURST, steadySeconds: STEADY_SECONDS },
): Promise<readonly Row[]> {
  const sockets = await allowedSockets(sizes.sockets, say)
  const empty = (): Seen => ({ cpuMs: [], oneWayMs: [], busy: [] })
  const seen: Record<Kind, Seen> = { ours: empty(), stock: empty(), echo: empty() }
  for (let pass = 1; pass <= PASSES; pass++) {
    for (const kind of KINDS) {
      say(`server: signals between ${sockets} sockets, ${kind}, pass ${pass} of ${PASSES} …`)
      await onServer(kind, (stage) => measure(stage, { ...sizes, sockets }, seen[kind]))
    }
  }
  return rowsOf(sockets, seen)
}

async function measure({ server, load }: Stage, sizes: SignalSizes, into: Seen): Promise<void> {
  const { sockets, burst, steadySeconds } = sizes
  await load.ask({ do: 'join', count: sockets })
  await load.ask({ do: 'signal', count: Math.min(WARM_UP, burst), perSecond: 0 })

  const beforeBurst = await processorSeconds(server.pid)
  await load.ask({ do: 'signal', count: burst, perSecond: 0 })
  into.cpuMs.push(((await processorSeconds(server.pid)) - beforeBurst) * (1e6 / burst))

  const beforeSteady = await processorSeconds(server.pid)
  const startMs = performance.now()
  const count = steadySeconds * PER_SECOND
  const tookMs = await load.ask({ do: 'signal', count, perSecond: PER_SECOND })
  const seconds = (performance.now() - startMs) / 1000
  into.busy.push((((await processorSeconds(server.pid)) - beforeSteady) / seconds) * 100)
  into.oneWayMs.push(...tookMs)
}

function rowsOf(sockets: number, seen: Readonly<Record<Kind, Seen>>): readonly Row[] {
  const mean = (values: readonly number[]): number =>
    rounded(values.reduce((sum, value) => sum + value, 0) / values.length)
  const cpu = (kind: Kind): number => mean(seen[kind].cpuMs)
  const ratio = rounded(cpu('ours') / cpu('stock'))
  const oneWay = figuresOf(seen.ours.oneWayMs)
  return [
    rowOf({
      row: `processor time of the server for 1,000 signals of 1 kB, each for one other of a room of four, ${sockets} sockets`,
      unit: 'ms',
      ours: { value: cpu('ours') },
      baseline: { value: cpu('stock') },
      beside: [{ is: `${ECHO_IS}, to its sender`, figures: { value: cpu('echo') } }],
      goal: `at most ${MAX_RATIO} times the stock's, which tells the whole room (is ${ratio})`,
      holds: ratio <= MAX_RATIO,
    }),
    rowOf({
      row: `such a signal on its way, ${PER_SECOND} a second`,
      unit: 'ms',
      ours: oneWay,
      baseline: figuresOf(seen.stock.oneWayMs),
      beside: [{ is: `${ECHO_IS}, to its sender`, figures: figuresOf(seen.echo.oneWayMs) }],
      goal: `p50 at most ${MAX_P50_MS} ms`,
      holds: oneWay.p50 <= MAX_P50_MS,
    }),
    rowOf({
      row: 'share of one processor meanwhile, with the questions whether each socket lives: every 5 s, the stock every 30 s',
      unit: '%',
      ours: { value: mean(seen.ours.busy) },
      baseline: { value: mean(seen.stock.busy) },
      beside: [{ is: `${ECHO_IS}, and asks nothing`, figures: { value: mean(seen.echo.busy) } }],
      goal: 'none set',
      holds: true,
    }),
  ]
}
