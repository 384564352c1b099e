import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { env, execPath } from 'node:process'
import { fileURLToPath } from 'node:url'

/** y-webrtc's own signal server, in a process of its own. */
export interface StockServer {
  readonly url: string
  readonly pid: number
  close(): Promise<void>
}

const MAIN = fileURLToPath(new URL('../bin/server.js', import.meta.resolve('y-webrtc')))

export async function startStockServer(): Promise<StockServer> {
  const port = await freePort()
  const process = spawn(execPath, [MAIN], {
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // Its only word; pages that come a moment early try again by themselves.
  await once(process.stdout, 'data')
  const { pid } = process
  if (pid === undefined) throw new Error('the stock server must have a process')
  return { url: `ws://127.0.0.1:${port}`, pid, close: () => ended(process) }
}

/** Ends a process that this one started. */
export async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null) return
  process.kill()
  await once(process, 'exit')
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('a port must be a number')
  return address.port
}
