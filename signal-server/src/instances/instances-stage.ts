import type { Config } from '../config.ts'
import { createManualClock } from '../manual-clock.ts'
import { type ServerStage, setServerStage } from '../server-stage.ts'
import type { ServerMessage } from '@beatcord/shared'
import type { SeatedPeer } from '../talking-peer.ts'
import { createMemoryHub, type MemoryHub } from './memory-directory.ts'

/** Several real servers that serve one address, with what they share, in one process; their common time stands. */
export interface InstancesStage {
  readonly first: ServerStage
  readonly second: ServerStage
  readonly hub: MemoryHub
  /** One more server of the same address. */
  readonly start: () => Promise<ServerStage>
  /** Ends all that still run. */
  readonly close: () => Promise<void>
  /** A server ends as if its process was killed: nobody hears of it. */
  readonly kill: (stage: ServerStage, peers: readonly SeatedPeer[]) => void
  /** Moves time on in steps small enough for each living peer to answer pings, and servers each other. */
  readonly live: (ms: number, ...peers: readonly SeatedPeer[]) => Promise<void>
}

const STEP_MS = 500

export async function setInstancesStage(overrides: Partial<Config> = {}): Promise<InstancesStage> {
  const clock = createManualClock()
  const hub = createMemoryHub(clock)
  const directories = new Map<ServerStage, ReturnType<MemoryHub['join']>>()
  const killed = new Set<ServerStage>()

  async function start(): Promise<ServerStage> {
    const directory = hub.join()
    const stage = await setServerStage(overrides, 0, { clock, directory })
    directories.set(stage, directory)
    return stage
  }

  const stages = { first: await start(), second: await start() }
  return {
    ...stages,
    hub,
    start,
    async close() {
      for (const stage of directories.keys()) if (!killed.has(stage)) await stage.close()
    },
    kill(stage, peers) {
      killed.add(stage)
      const directory = directories.get(stage)
      if (directory !== undefined) hub.cut(directory.me)
      for (const { socket } of peers) socket.terminate()
    },
    async live(ms, ...peers) {
      for (let leftMs = ms; leftMs > 0; leftMs -= STEP_MS) {
        clock.advance(Math.min(STEP_MS, leftMs))
        await Promise.all(peers.map((peer) => peer.roundTrip()))
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

/** What one heard of others' coming and going, in words. */
export const heardOfOthers = ({ heard }: SeatedPeer): readonly string[] =>
  heard.flatMap((message) => wordsOf(message) ?? [])

function wordsOf(message: ServerMessage): string | undefined {
  if (message.type === 'peer-gone') return `gone: ${message.reason}`
  if (message.type === 'peer-joined') return `joined ${message.peer.presence}`
  return message.type === 'peer-changed'
    ? `${message.peer.role} ${message.peer.presence}`
    : undefined
}
