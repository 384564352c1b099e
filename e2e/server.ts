import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The built server in a process of its own, with a data folder of its own. */
export interface TestServer {
  /** Without a slash at the end; the same after each start. */
  readonly url: string
  start(): Promise<void>
  /** Ends the process without a word to anybody. */
  kill(): Promise<void>
  /** Ends the process and forgets its data. */
  close(): Promise<void>
}

export type Settings = Readonly<Record<string, string>>

const MAIN = fileURLToPath(new URL('../signal-server/dist/main.js', import.meta.url))
const START_MS = 10_000
const POLL_MS = 50

/** A server on a free port, not yet started. */
export async function createTestServer(settings: Settings = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'beatcord-e2e-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  let process: ChildProcess | undefined

  async function kill(): Promise<void> {
    const running = process
    process = undefined
    if (running === undefined || running.exitCode !== null) return
    running.kill('SIGKILL')
    await once(running, 'exit')
  }

  return {
    url,
    async start() {
      if (process !== undefined) throw new Error('a server must be killed before it starts again')
      process = spawn(globalThis.process.execPath, [MAIN], {
        env: {
          ...globalThis.process.env,
          // Only this machine: no STUN server is asked.
          ICE_SERVERS: '[]',
          ...settings,
          PORT: String(port),
          DATA_DIR: dataDir,
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      await healthy(url, process)
    },
    kill,
    async close() {
      await kill()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no TCP port to be had')
  return address.port
}

async function healthy(url: string, process: ChildProcess): Promise<void> {
  const deadlineMs = performance.now() + START_MS
  while (performance.now() < deadlineMs) {
    if (process.exitCode !== null) throw new Error(`the server ended with ${process.exitCode}`)
    if (await answers(`${url}/health`)) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw new Error(`the server must answer within ${START_MS} ms`)
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    // Nobody listens yet.
    return false
  }
}
