import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

/** The built server in a process of its own, with a data folder of its own. */
export interface TestServer {
  /** Without a slash at the end; the same after each start. */
  readonly url: string
  /** The folder of what outlives a restart. */
  readonly dataDir: string
  /** Of the process that runs now. */
  pid(): number
  /** Starts it again after `kill`, on the same port. @param changed  settings in place of those before */
  start(changed?: Settings): Promise<void>
  /** Ends the process without a word to anybody. */
  kill(): Promise<void>
  /** Ends the process and forgets its data. */
  close(): Promise<void>
}

export type Settings = Readonly<Record<string, string>>

interface Running {
  readonly process: ChildProcess
  readonly url: string
}

const MAIN = fileURLToPath(new URL('../signal-server/dist/main.js', import.meta.url))
const READY_EVENT = 'Beatcord plays at'

/** Starts a server on a port that is free. */
export async function startTestServer(settings: Settings = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'beatcord-e2e-'))
  const run = (port: string, changed: Settings = {}): Promise<Running> =>
    running({ ...settings, ...changed, PORT: port, DATA_DIR: dataDir })
  let current: Running | undefined = await run('0')
  const { url } = current

  async function kill(): Promise<void> {
    const process = current?.process
    current = undefined
    if (process === undefined || process.exitCode !== null) return
    process.kill('SIGKILL')
    await once(process, 'exit')
  }

  return {
    url,
    dataDir,
    pid() {
      const pid = current?.process.pid
      if (pid === undefined) throw new Error('a server must run to have a process')
      return pid
    },
    async start(changed) {
      if (current !== undefined) throw new Error('a server must be killed before it starts again')
      current = await run(new URL(url).port, changed)
    },
    kill,
    async close() {
      await kill()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Resolves when the process says where it serves; rejects with what it said when it ends instead. */
async function running(settings: Settings): Promise<Running> {
  // Only this machine: no STUN server is asked.
  const process = spawn(execPath, [MAIN], {
    env: { ...env, ICE_SERVERS: '[]', ...settings, LOG_FORMAT: 'json' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: string[] = []
  for await (const line of createInterface(process.stdout)) {
    said.push(line)
    const url = servingAt(line)
    if (url === undefined) continue
    keepReading(process.stdout)
    return { process, url }
  }
  throw new Error(`the server must serve, it said: ${said.join('\n')}`)
}

/** The first address of the line in which the server says that it serves. */
function servingAt(line: string): string | undefined {
  if (!line.includes(READY_EVENT)) return undefined
  const { urls } = JSON.parse(line) as { readonly urls: readonly string[] }
  return urls[0]
}

/** An output that nobody reads would fill up and stop the process. */
const keepReading = (output: Readable): Readable => output.resume()
