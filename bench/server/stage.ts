import type { Row } from '../rows.ts'
import type { Say } from '../suite.ts'
import type { Tongue } from './dialects.ts'
import { type Load, startLoad } from './load.ts'
import { socketsWithin } from './places.ts'
import { openFilesLimit } from './proc.ts'
import { type Kind, type Measured, startServer } from './servers.ts'

/** A server and the crowds that load it. */
export interface Stage {
  readonly server: Measured
  readonly load: Load
}

/** Starts a server and a crowd for it, for as long as it takes. */
export async function onServer<T>(kind: Kind, run: (stage: Stage) => Promise<T>): Promise<T> {
  const server = await startServer(kind)
  try {
    return await withLoad(server, kind, (load) => run({ server, load }))
  } finally {
    await server.close()
  }
}

/** Starts a crowd, for as long as it takes. */
export async function withLoad<T>(
  { url }: Measured,
  tongue: Tongue,
  run: (load: Load) => Promise<T>,
): Promise<T> {
  const load = startLoad(url, tongue)
  try {
    return await run(load)
  } finally {
    await load.close()
  }
}

/** As many sockets as wanted, or, said in words, as this machine lets a process have. @param wanted  a multiple of four */
export async function allowedSockets(wanted: number, say: Say): Promise<number> {
  const limit = await openFilesLimit()
  const sockets = socketsWithin(limit, wanted)
  if (sockets < wanted) {
    say(`server: ${sockets} sockets in place of ${wanted}: a process may have ${limit} files open`)
  }
  return sockets
}

/** A row of this suite. */
export const rowOf = (row: Omit<Row, 'suite' | 'baselineIs'>): Row => ({
  suite: 'server',
  baselineIs: "y-webrtc's server",
  ...row,
})

export const ECHO_IS = 'a server that only says back what it hears'

/** Rounded to so many digits behind the point. */
export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits))
