import { setTimeout as rest } from 'node:timers/promises'
import type { Row } from '../rows.ts'
import type { Say } from '../suite.ts'
import { residentBytes } from './proc.ts'
import { type Kind, KINDS } from './servers.ts'
import { allowedSockets, ECHO_IS, onServer, rounded, rowOf } from './stage.ts'

/** Resident memory of one server, in bytes. */
interface Memory {
  readonly atStart: number
  /** With that many in, in the order of the counts. */
  readonly within: readonly number[]
}

const COUNTS = [5000, 9900] as const
/** Until nothing of the start, or of the joining, is going on any more. */
const REST_MS = 10_000
const MAX_KB_A_SOCKET = 12
const MAX_MB = 160

/** What joined sockets hold of a server's memory. kB and MB are thousands and millions of bytes. */
export async function memoryRows(
  say: Say,
  counts: readonly number[] = COUNTS,
): Promise<readonly Row[]> {
  const allowed = await Promise.all(counts.map((count) => allowedSockets(count, say)))
  const found: Partial<Record<Kind, Memory>> = {}
  for (const kind of KINDS) {
    say(`server: memory with ${allowed.join(' and ')} sockets, ${kind} …`)
    found[kind] = await measure(kind, allowed)
  }
  const { ours, stock, echo } = found
  if (ours === undefined || stock === undefined || echo === undefined) return []
  return allowed.flatMap((count, at) => rowsOf(count, at, { ours, stock, echo }))
}

const measure = (kind: Kind, counts: readonly number[]): Promise<Memory> =>
  onServer(kind, async ({ server, load }) => {
    await rest(REST_MS)
    const atStart = await residentBytes(server.pid)
    const within: number[] = []
    let joined = 0
    for (const count of counts) {
      await load.ask({ do: 'join', count: count - joined })
      joined = count
      await rest(REST_MS)
      within.push(await residentBytes(server.pid))
    }
    return { atStart, within }
  })

function rowsOf(count: number, at: number, found: Readonly<Record<Kind, Memory>>): readonly Row[] {
  const total = (kind: Kind): number => rounded((found[kind].within[at] ?? NaN) / 1e6, 1)
  const each = (kind: Kind): number =>
    rounded(((found[kind].within[at] ?? NaN) - found[kind].atStart) / count / 1e3)
  const starts = KINDS.map((kind) => rounded(found[kind].atStart / 1e6, 1)).join(', ')
  return [
    rowOf({
      row: `memory a joined socket, ${count} sockets in rooms of four`,
      unit: 'kB',
      ours: { value: each('ours') },
      baseline: { value: each('stock') },
      beside: [{ is: ECHO_IS, figures: { value: each('echo') } }],
      goal: `at most ${MAX_KB_A_SOCKET} kB`,
      holds: each('ours') <= MAX_KB_A_SOCKET,
    }),
    rowOf({
      row: `memory of the process with ${count} sockets (${starts} MB without any)`,
      unit: 'MB',
      ours: { value: total('ours') },
      baseline: { value: total('stock') },
      beside: [{ is: ECHO_IS, figures: { value: total('echo') } }],
      goal: `at most ${MAX_MB} MB`,
      holds: total('ours') <= MAX_MB,
    }),
  ]
}
