import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { figuresOf, type Row } from '../rows.ts'
import { type Side, SIDES, type Stage } from './bench-room.ts'

/** How soon the peers of one process were linked, or how far they got. */
export interface NodeReport {
  readonly ms: number
  /** Links count twice. */
  readonly linkEnds: number
  /** Text over all WebSockets until then. */
  readonly signalsSent: number
  readonly signalsHeard: number
  /** Reliable messages over all links for each edit; left out where the mesh was not complete. */
  readonly messagesAnEdit?: number
}

const NOT_LINKED = { linkEnds: 0, signalsSent: 0, signalsHeard: 0 }

const PROCESS = fileURLToPath(new URL('node-process.ts', import.meta.url))
const SIZES = [8, 16, 24] as const
const JOINS = 3
const LIMIT_MS = 12_000
const MAX_SIGNALS_A_PAIR = 12

/** Meshes too large for pages on one machine: peers of Node, over node-datachannel. */
export async function nodeRows(stage: Stage): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const size of SIZES) {
    stage.say(`mesh: ${size} peers of Node, ours and stock …`)
    const reports: Record<Side, NodeReport[]> = { ours: [], stock: [] }
    for (let join = 0; join < JOINS; join++) {
      for (const side of SIDES) reports[side].push(await measure(stage, side, size))
    }
    rows.push(timeRow(size, reports), ...signalRows(size, reports), editRow(size, reports))
  }
  return rows
}

async function measure(stage: Stage, side: Side, size: number): Promise<NodeReport> {
  const url = side === 'ours' ? stage.url : stage.stockUrl
  const child = fork(PROCESS, [side, stage.newRoom(), url, String(size), String(LIMIT_MS)], {
    stdio: ['ignore', 'ignore', side === 'ours' ? 'inherit' : 'ignore', 'ipc'],
  })
  // Two offers that meet can end the stock's process: the library under it takes none back.
  const died = once(child, 'exit').then((): NodeReport => ({ ms: LIMIT_MS, ...NOT_LINKED }))
  const told = once(child, 'message').then(([report]) => report as NodeReport)
  const report = await Promise.race([told, died])
  child.kill()
  return report
}

type Reports = Readonly<Record<Side, readonly NodeReport[]>>

function timeRow(size: number, { ours, stock }: Reports): Row {
  const ends = size * (size - 1)
  const isWhole = ({ linkEnds }: NodeReport): boolean => linkEnds === ends
  const worst = Math.min(...stock.map(({ linkEnds }) => linkEnds))
  const words =
    worst === ends ? '' : `, which once ended with ${worst / 2} of ${ends / 2} pairs linked`
  const figures = { ours: figuresOf(ours.map(msOf)), stock: figuresOf(stock.map(msOf)) }
  return {
    suite: 'mesh',
    row: `time to a complete mesh, ${size} peers of Node`,
    unit: 'ms',
    ours: figures.ours,
    baseline: figures.stock,
    baselineIs: `stock y-webrtc${words}`,
    goal: 'complete each time, and p50 no slower than the stock',
    holds: ours.every(isWhole) && figures.ours.p50 <= figures.stock.p50,
  }
}

const msOf = ({ ms }: NodeReport): number => ms

const isWholeOf =
  (size: number) =>
  ({ linkEnds }: NodeReport): boolean =>
    linkEnds === size * (size - 1)

/** Until the mesh was complete, the mean over all joins in which it was. */
function signalRows(size: number, reports: Reports): readonly Row[] {
  const pairs = (size * (size - 1)) / 2
  return (['sent', 'heard'] as const).map((way) => {
    const figure = (side: Side): number =>
      meanOf(
        reports[side]
          .filter(isWholeOf(size))
          .map(
            ({ signalsSent, signalsHeard }) =>
              (way === 'sent' ? signalsSent : signalsHeard) / pairs,
          ),
      )
    return {
      suite: 'mesh',
      row: `signalling messages a pair, ${way}, ${size} peers of Node`,
      unit: 'messages',
      ours: { value: figure('ours') },
      baseline: valueOrNull(figure('stock')),
      baselineIs: 'stock y-webrtc, where it was complete',
      goal: `at most ${MAX_SIGNALS_A_PAIR}`,
      holds: figure('ours') <= MAX_SIGNALS_A_PAIR,
    }
  })
}

function editRow(size: number, reports: Reports): Row {
  const figure = (side: Side): number =>
    meanOf(reports[side].flatMap(({ messagesAnEdit }) => messagesAnEdit ?? []))
  return {
    suite: 'mesh',
    row: `messages an edit, ${size} peers of Node`,
    unit: 'messages',
    ours: { value: figure('ours') },
    baseline: valueOrNull(figure('stock')),
    baselineIs: 'stock y-webrtc, where it was complete',
    goal: `exactly ${size - 1}`,
    holds: figure('ours') === size - 1,
  }
}

/** NaN of none. */
const meanOf = (values: readonly number[]): number =>
  Number((values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2))

const valueOrNull = (value: number): Row['baseline'] => (Number.isNaN(value) ? null : { value })
