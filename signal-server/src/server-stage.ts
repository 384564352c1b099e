import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, type Config } from './config.ts'
import { createLog } from './log.ts'
import type { Directory } from './instances/directory.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { createSignalServer, type SignalServer } from './server.ts'
import type { TalkingPeer } from './talking-peer.ts'
import { CLOSE_GRACE_MS } from './wire.ts'

/** A real server on a free port, whose time stands until a test moves it. */
export interface ServerStage {
  readonly port: number
  readonly server: SignalServer
  /** What the server logged, line by line. */
  readonly lines: readonly string[]
  /** Moves time on at once. */
  readonly advance: (ms: number) => void
  /** How many timers of the server are running. */
  readonly pending: () => number
  /** Stops the server without waiting for the polite. */
  readonly close: () => Promise<void>
  /** How peers were closed that the server reads no further: lets the grace pass once all were told. */
  readonly endsOf: (...peers: readonly TalkingPeer[]) => Promise<readonly number[]>
  /** Moves time on in steps small enough for each living peer to answer the server's pings. */
  readonly live: (ms: number, ...peers: readonly TalkingPeer[]) => Promise<void>
}

const STEP_MS = 4_000

/** What several servers of one stage have in common. */
export interface SharedStage {
  readonly clock: ManualClock
  readonly directory: Directory
}

/**
 * @param startsAtMs of the wall clock, after other stages begin
 * @param shared where this server is one of several
 */
export async function setServerStage(
  overrides: Partial<Config> = {},
  startsAtMs = 0,
  shared?: SharedStage,
): Promise<ServerStage> {
  const clock = shared?.clock ?? createManualClock(startsAtMs)
  const lines: string[] = []
  const log = createLog('json', (line) => void lines.push(line))
  const config: Config = {
    ...readConfig({ PORT: '0', HOST: '127.0.0.1', ICE_SERVERS: '[]', SEAT_KEY: 'k'.repeat(32) }),
    // A test has no address but this machine's.
    maxWaitingPerAddress: 10_000,
    maxJoinedPerAddress: 10_000,
    dataDir: mkdtempSync(join(tmpdir(), 'beatcord-')),
    ...overrides,
  }
  const server = await createSignalServer(config, log, clock, shared?.directory)
  return {
    port: server.port,
    server,
    lines,
    advance: clock.advance,
    pending: clock.pending,
    async close() {
      let isClosed = false
      void server.close().finally(() => {
        isClosed = true
      })
      await until(() => {
        clock.advance(1_000)
        return isClosed
      })
    },
    async endsOf(...peers) {
      await until(() => peers.every(({ socket }) => socket.readyState !== socket.OPEN))
      clock.advance(CLOSE_GRACE_MS)
      return Promise.all(peers.map(async ({ closed }) => (await closed).code))
    },
    async live(ms, ...peers) {
      for (let leftMs = ms; leftMs > 0; leftMs -= STEP_MS) {
        clock.advance(Math.min(STEP_MS, leftMs))
        await Promise.all(peers.map((peer) => peer.roundTrip()))
      }
    },
  }
}

/** Resolves when `holds` does; looks again after everything that is under way. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve))
}
