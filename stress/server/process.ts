import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { must } from '../scenario.ts'

/** The real server, built, in a process of its own. */
export interface ServerProcess {
  /** Where its sockets are, ws:. */
  readonly url: string
  /** Resident memory, in bytes. */
  memoryBytes(): number
  health(): Promise<{ readonly peers: number; readonly rooms: number }>
  /** How many sockets its metrics count. */
  sockets(): Promise<number>
  /** Ends the process. @returns its exit code; null where a signal ended it */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
  /** Starts it again, on the same port and with the same seat key. */
  start(): Promise<void>
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MAIN = 'signal-server/dist/main.js'
const TOKEN = 'a token of the stress'

/** Plays with a server, and ends it whatever happens; what it still holds when all have left is a fault. */
export async function withServer<T>(
  settings: Readonly<Record<string, string>>,
  play: (server: ServerProcess) => Promise<T>,
): Promise<T> {
  const built = spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, encoding: 'utf8' })
  must(built.status === 0, `the server must build, it said: ${built.stdout}${built.stderr}`)
  const dataDir = await mkdtemp(join(tmpdir(), 'beatcord-stress-'))
  let child: ChildProcess | undefined
  let port = '0'

  async function start(): Promise<void> {
    child = spawn(execPath, [MAIN], {
      cwd: ROOT,
      env: {
        ...env,
        ICE_SERVERS: '[]',
        HOST: '127.0.0.1',
        // All peers of the stress come from one address.
        MAX_JOINED_PER_ADDRESS: '20000',
        MAX_WAITING_PER_ADDRESS: '20000',
        METRICS_TOKEN: TOKEN,
        LOG_FORMAT: 'json',
        ...settings,
        PORT: port,
        DATA_DIR: dataDir,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const { stdout } = child
    must(stdout !== null, 'the server must have an output')
    for await (const line of createInterface(stdout)) {
      const found = /Beatcord plays at.*?:(\d+)/.exec(line)?.[1]
      if (found === undefined) continue
      port = found
      stdout.resume()
      return
    }
    throw new Error('the server must say where it plays')
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const running = child
    child = undefined
    if (running === undefined) return null
    const ended = once(running, 'exit') as Promise<[number | null]>
    running.kill(signal)
    return (await ended)[0]
  }

  const ask = (path: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } })

  await start()
  try {
    return await play({
      url: `ws://127.0.0.1:${port}/ws`,
      memoryBytes: () => {
        const status = readFileSync(`/proc/${String(child?.pid)}/status`, 'utf8')
        return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
      },
      health: async () =>
        (await ask('/health')).json() as Promise<{ peers: number; rooms: number }>,
      sockets: async () =>
        Number(/^beatcord_sockets (\d+)$/m.exec(await (await ask('/metrics')).text())?.[1]),
      end,
      start,
    })
  } finally {
    await end('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** @throws Error when the server still has somebody, or something of them, a while after all have left */
export async function mustBeEmpty(server: ServerProcess): Promise<string> {
  const endMs = performance.now() + 30_000
  for (;;) {
    const [{ peers, rooms }, sockets] = await Promise.all([server.health(), server.sockets()])
    if (peers + rooms + sockets === 0) return 'nothing leaked'
    must(
      performance.now() < endMs,
      `${peers} peers, ${rooms} rooms and ${sockets} sockets are left of nobody`,
    )
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
