import { setTimeout as rest } from 'node:timers/promises'
import type { Row } from '../rows.ts'
import type { Say } from '../suite.ts'
import type { Load } from './load.ts'
import { residentBytes } from './proc.ts'
import type { Kind } from './servers.ts'
import { allowedSockets, onServer, rounded, rowOf } from './stage.ts'

/** Resident memory, in MB: millions of bytes. */
interface Round {
  readonly all: number
  /** The lowest after all have left. */
  readonly none: number
}

interface Rounds {
  readonly start: number
  readonly first: Round
  readonly second: Round
}

const COUNT = 9900
const REST_MS = 5_000
/** Nobody asks for a collection of garbage: it comes when it comes, and is waited for so long. */
const WATCH_MS = 60_000
const LOOK_EVERY_MS = 500
const MAX_ABOVE_START_MB = 50
const MAX_GROWTH_MB = 5

/** What is left in a server when all have left it, and whether it grows when they do so again. */
export async function leavingRows(
  say: Say,
  wanted: number = COUNT,
  watchMs: number = WATCH_MS,
): Promise<readonly Row[]> {
  const count = await allowedSockets(wanted, say)
  say(`server: ${count} sockets come and leave, twice; ours and stock …`)
  // Both at once: memory does not hang on who else runs.
  const [ours, stock] = await Promise.all([
    measure('ours', count, watchMs),
    measure('stock', count, watchMs),
  ])
  const above = ({ start, first }: Rounds): number => rounded(first.none - start, 1)
  const growth = ({ first, second }: Rounds): number => rounded(second.none - first.none, 1)
  const full = ({ first, second }: Rounds): number => rounded(second.all - first.all, 1)
  const row = (
    words: string,
    figure: (rounds: Rounds) => number,
    mostMb: number | undefined,
  ): Row =>
    rowOf({
      row: words,
      unit: 'MB',
      ours: { value: figure(ours) },
      baseline: { value: figure(stock) },
      goal: mostMb === undefined ? 'none set' : `at most ${mostMb} MB`,
      holds: mostMb === undefined || figure(ours) <= mostMb,
    })
  return [
    row(`memory above the start after ${count} have left`, above, MAX_ABOVE_START_MB),
    row('the same after a second round, beyond the first', growth, MAX_GROWTH_MB),
    row('with all in, the second round beyond the first', full, undefined),
  ]
}

const measure = (kind: Kind, count: number, watchMs: number): Promise<Rounds> =>
  onServer(kind, async ({ server: { pid }, load }) => {
    await rest(REST_MS)
    const start = await megabytes(pid)
    const first = await roundOf(load, pid, count, watchMs)
    return { start, first, second: await roundOf(load, pid, count, watchMs) }
  })

async function roundOf(load: Load, pid: number, count: number, watchMs: number): Promise<Round> {
  await load.ask({ do: 'join', count })
  await rest(REST_MS)
  const all = await megabytes(pid)
  await load.ask({ do: 'leave' })
  const endMs = performance.now() + watchMs
  let none = await megabytes(pid)
  while (performance.now() < endMs) {
    await rest(LOOK_EVERY_MS)
    none = Math.min(none, await megabytes(pid))
  }
  return { all, none }
}

const megabytes = async (pid: number): Promise<number> => (await residentBytes(pid)) / 1e6
