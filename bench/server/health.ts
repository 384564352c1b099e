import { figuresOf, type Row } from '../rows.ts'
import type { Say } from '../suite.ts'
import { type Kind, KINDS } from './servers.ts'
import { allowedSockets, onServer, rowOf } from './stage.ts'

const SOCKETS = 5000
const REQUESTS = 20_000
const WARM_UP = 2000
const CONNECTIONS = 50
const MAX_P99_MS = 25
const PATHS: Readonly<Record<Kind, string>> = { ours: '/health', stock: '/', echo: '/' }

/** How soon a server with many sockets says that it lives, asked by fifty without a pause. */
export async function healthRows(
  say: Say,
  wanted: number = SOCKETS,
  requests: number = REQUESTS,
): Promise<readonly Row[]> {
  const sockets = await allowedSockets(wanted, say)
  const tookMs: Record<Kind, readonly number[]> = { ours: [], stock: [], echo: [] }
  for (const kind of KINDS) {
    say(`server: /health with ${sockets} sockets open, ${kind} …`)
    tookMs[kind] = await onServer(kind, async ({ load }) => {
      const plan = { do: 'request', connections: CONNECTIONS, path: PATHS[kind] } as const
      await load.ask({ do: 'join', count: sockets })
      await load.ask({ ...plan, count: Math.min(WARM_UP, requests) })
      return load.ask({ ...plan, count: requests })
    })
  }
  const ours = figuresOf(tookMs.ours)
  return [
    rowOf({
      row: `GET /health over ${CONNECTIONS} connections at once, ${sockets} sockets open`,
      unit: 'ms',
      ours,
      baseline: figuresOf(tookMs.stock),
      beside: [
        { is: "Node's bare HTTP answer, of the echo server", figures: figuresOf(tookMs.echo) },
      ],
      goal: `p99 at most ${MAX_P99_MS} ms`,
      holds: ours.p99 <= MAX_P99_MS,
    }),
  ]
}
