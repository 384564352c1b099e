import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { env, execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { startTestServer } from '../../e2e/server.ts'
import { ended, startStockServer } from '../mesh/stock-server.ts'

/** Ours, y-webrtc's own, and one that only says back what it hears. */
export type Kind = 'ours' | 'stock' | 'echo'

export const KINDS: readonly Kind[] = ['ours', 'stock', 'echo']

/** A server in a process of its own. */
export interface Measured {
  readonly kind: Kind
  readonly pid: number
  /** Where its sockets are, ws:. */
  readonly url: string
  close(): Promise<void>
}

const ECHO = fileURLToPath(new URL('echo-server.mjs', import.meta.url))

export async function startServer(kind: Kind): Promise<Measured> {
  if (kind === 'ours') return startOurs()
  if (kind === 'stock') return { kind, ...(await startStockServer()) }
  return startEcho()
}

/** As in production: its log is JSON that somebody reads, and no limit is raised, for the load comes from many addresses. */
async function startOurs(): Promise<Measured> {
  const server = await startTestServer({ NODE_ENV: 'production', ICE_SERVERS: '' })
  const url = `ws://127.0.0.1:${new URL(server.url).port}`
  return { kind: 'ours', pid: server.pid(), url, close: server.close }
}

async function startEcho(): Promise<Measured> {
  const process = spawn(execPath, [ECHO], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = (await once(process.stdout, 'data')) as [Buffer]
  const { pid } = process
  if (pid === undefined) throw new Error('the echo server must have a process')
  const url = `ws://127.0.0.1:${port.toString().trim()}`
  return { kind: 'echo', pid, url, close: () => ended(process) }
}
