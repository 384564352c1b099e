import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Scenario } from '../scenario.ts'
import { besideNeighbours } from './neighbours.ts'
import { mustBeEmpty, type ServerProcess, withServer } from './process.ts'

/** What is sent too often. */
export type FloodKind =
  'signals' | 'junk' | 'deep JSON' | 'profiles' | 'pings' | 'pongs' | 'relayed frames' | 'joins'

/** What came of it. */
export interface Flooded {
  readonly frames: number
  /** How often sockets were closed, by code. */
  readonly closes: Readonly<Record<string, number>>
}

const PROCESS = fileURLToPath(new URL('flood-process.ts', import.meta.url))
const FLOOD_MS = 5000
const ROUNDS = 4
const BEARABLE = { signalP99Ms: 25, joinP99Ms: 100 }
/** As somebody would find it. */
const USUAL = { MAX_WAITING_PER_ADDRESS: '10', MAX_JOINED_PER_ADDRESS: '300' }

const flood = (row: string, kind: FloodKind, lanes: number): Scenario => ({
  name: `${row} a flood of ${kind} from ${lanes === 1 ? 'one socket' : `${lanes} sockets of one address`}`,
  run: () =>
    withServer(USUAL, async (server) => {
      const words = await inSomeRound(() => floodOnce(server, kind, lanes))
      return `${words}; ${await mustBeEmpty(server)}`
    }),
})

async function floodOnce(server: ServerProcess, kind: FloodKind, lanes: number): Promise<string> {
  let flooded: Flooded = { frames: 0, closes: {} }
  const words = await besideNeighbours(
    server,
    async () => {
      const child = fork(PROCESS, [server.port, kind, lanes, FLOOD_MS].map(String))
      const [told] = (await once(child, 'message')) as [Flooded]
      flooded = told
    },
    BEARABLE,
  )
  const closes = Object.entries(flooded.closes).map(([code, count]) => `${count} × ${code}`)
  const perSecond = Math.round(flooded.frames / (FLOOD_MS / 1000))
  return `${perSecond} frames a second, closed ${closes.join(', ')}; ${words}`
}

/** Other work on the machine spoils a round; a server that cannot cope spoils all of them. */
async function inSomeRound(play: () => Promise<string>): Promise<string> {
  const faults: string[] = []
  while (faults.length < ROUNDS) {
    try {
      return await play()
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error))
    }
  }
  throw new Error(`in ${ROUNDS} rounds: ${faults.join('; ')}`)
}

/** More of what would be right. */
export const floods: readonly Scenario[] = [
  flood('S8', 'signals', 1),
  flood('S8', 'junk', 1),
  flood('S8', 'profiles', 1),
  flood('S8', 'pings', 1),
  flood('S8', 'pongs', 1),
  flood('S8', 'relayed frames', 1),
  flood('S7', 'deep JSON', 1),
  flood('S9', 'joins', 10),
]
