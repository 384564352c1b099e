import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as rest } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Tongue } from './dialects.ts'
import type { RequestPlan } from './http-load.ts'
import type { SignalPlan } from './signal-load.ts'

export type Ask =
  | { readonly do: 'join'; readonly count: number }
  | { readonly do: 'leave' }
  | ({ readonly do: 'signal' } & SignalPlan)
  | ({ readonly do: 'request' } & RequestPlan)

export interface Answer {
  /** How long each of what was asked for took; empty where nobody asks for that. */
  readonly tookMs: readonly number[]
  /** Why it could not be done, in words. */
  readonly fault?: string
}

/** A crowd in a process of its own. One thing is done after the other. */
export interface Load {
  /** Resolves once the server has served all of it. @returns ms each took @throws (rejects) when it could not be done */
  ask(ask: Ask): Promise<readonly number[]>
  close(): Promise<void>
}

const PROCESS = fileURLToPath(new URL('load-process.ts', import.meta.url))
/** What is on its way when the crowd has done its part is served by then. */
const SETTLE_MS = 300

/** @param url  of the server, without a path */
export function startLoad(url: string, tongue: Tongue): Load {
  const child = fork(PROCESS, [url, tongue])
  const ended = once(child, 'exit')
  const died = ended.then(([code]): Answer => ({ tookMs: [], fault: `ended with ${String(code)}` }))
  return {
    async ask(ask) {
      const told = once(child, 'message').then(([answer]) => answer as Answer)
      child.send(ask)
      const { tookMs, fault } = await Promise.race([told, died])
      if (fault !== undefined) throw new Error(`the load must ${ask.do}: ${fault}`)
      await rest(SETTLE_MS)
      return tookMs
    },
    async close() {
      child.kill()
      await ended
    },
  }
}
