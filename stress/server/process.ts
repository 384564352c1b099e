import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { statusToBytes } from '../../bench/server/proc.ts'
import { buildIsCurrent, rememberBuild } from '../../scripts/lib/build-stamp.mjs'
import { must } from '../scenario.ts'

/** The real server, built, in a process of its own. */
export interface ServerProcess {
  /** Where its sockets are, ws:. */
  readonly url: string
  readonly port: number
  /** Resident memory, in bytes. */
  memoryBytes(): number
  /** The same when garbage was collected. */
  collectedBytes(): Promise<number>
  health(): Promise<{ readonly peers: number; readonly rooms: number }>
  metrics(): Promise<string>
  /** Its first page. */
  page(): Promise<string>
  /** All that it has written. */
  output(): string
  /** How many files and sockets it has open. */
  openFiles(): number
  /** What it holds now; garbage is collected first. */
  holds(): Promise<Held>
  /** What it held when it had just started. */
  firstHeld(): Held
  /** Ends the process. @returns its exit code; null where a signal ended it */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
  /** Starts it again, on the same port and with the same seat key. @param aheadMs  how far its calendar is ahead */
  start(aheadMs?: number): Promise<void>
}

/** What a process would not end with, or has open. */
interface Held {
  /** By kind, sorted, such as `TCPSocketWrap` and `Timeout`. */
  readonly resources: readonly string[]
  readonly files: number
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MAIN = 'signal-server/dist/main.js'
const COLLECTOR = fileURLToPath(new URL('collector.mjs', import.meta.url))
const TOKEN = 'a token of the stress'
/** What was freed goes back to the system in the background. */
const GIVE_BACK_MS = 300
/** A seat waits 20 s for its peer. */
const PATIENCE_MS = 40_000
const LOOK_EVERY_MS = 250
/** What is opened once, when it is first needed. */
export const SPARE_FILES = 5

/** Plays with a server, and ends it whatever happens. @param settings  in place of those that let all come from one address */
export async function withServer<T>(
  settings: Readonly<Record<string, string>>,
  play: (server: ServerProcess) => Promise<T>,
): Promise<T> {
  mustBeBuilt()
  const dataDir = await mkdtemp(join(tmpdir(), 'beatcord-stress-'))
  const lines: string[] = []
  let child: ChildProcess | undefined
  let port = 0
  let first: Held = { resources: [], files: 0 }

  async function start(aheadMs = 0): Promise<void> {
    child = startProcess({
      ...settings,
      PORT: String(port),
      DATA_DIR: dataDir,
      AHEAD_MS: String(aheadMs),
    })
    keepLines(child, lines)
    port = Number(await nextLine(child, /Beatcord plays at.*?:(\d+)/))
    first = await holds()
  }

  async function holds(): Promise<Held> {
    must(child !== undefined, 'the server must run')
    const said = nextLine(child, /^{"event":"collected","resources":(.*)}$/)
    child.kill('SIGUSR2')
    const kinds = JSON.parse(await said) as string[]
    return { resources: kinds.sort(), files: openFiles() }
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const running = child
    child = undefined
    if (running === undefined) return null
    must(running.exitCode === null, `the server must run, it ended: ${lines.slice(-3).join('\n')}`)
    const ended = once(running, 'exit') as Promise<[number | null]>
    running.kill(signal)
    return (await ended)[0]
  }

  const openFiles = (): number => readdirSync(`/proc/${String(child?.pid)}/fd`).length
  const memoryBytes = (): number =>
    statusToBytes(readFileSync(`/proc/${String(child?.pid)}/status`, 'utf8'))

  try {
    await start()
    return await play({
      url: `ws://127.0.0.1:${port}/ws`,
      port,
      memoryBytes,
      async collectedBytes() {
        await holds()
        await new Promise((resolve) => setTimeout(resolve, GIVE_BACK_MS))
        return memoryBytes()
      },
      health: async () =>
        JSON.parse(await ask(port, '/health')) as { peers: number; rooms: number },
      metrics: () => ask(port, '/metrics'),
      page: () => ask(port, '/'),
      output: () => lines.join('\n'),
      openFiles,
      holds,
      firstHeld: () => first,
      end,
      start,
    })
  } finally {
    child?.kill('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  }
}

function mustBeBuilt(): void {
  if (buildIsCurrent()) return
  const built = spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, encoding: 'utf8' })
  must(built.status === 0, `the server must build, it said: ${built.stdout}${built.stderr}`)
  rememberBuild()
}

const startProcess = (settings: Readonly<Record<string, string>>): ChildProcess =>
  spawn(execPath, ['--expose-gc', '--import', COLLECTOR, MAIN], {
    cwd: ROOT,
    env: {
      ...env,
      ICE_SERVERS: '[]',
      HOST: '127.0.0.1',
      // Nearly all peers of the stress come from one address.
      MAX_JOINED_PER_ADDRESS: '20000',
      MAX_WAITING_PER_ADDRESS: '20000',
      METRICS_TOKEN: TOKEN,
      LOG_FORMAT: 'json',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })

function keepLines(child: ChildProcess, lines: string[]): void {
  let rest = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) {
      lines.push(line)
      child.emit('line', line)
    }
  })
}

/** What the pattern finds in a line that is yet to come. @throws (rejects) when the process ends first */
const nextLine = (child: ChildProcess, pattern: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    const look = (line: string): void => {
      const found = pattern.exec(line)?.[1]
      if (found === undefined) return
      done()
      resolve(found)
    }
    const fail = (code: number | null): void => {
      done()
      reject(new Error(`the server must run, it ended with ${String(code)}`))
    }
    const done = (): unknown => child.off('line', look).off('exit', fail)
    child.on('line', look).on('exit', fail)
  })

/** The body of an answer. A connection of its own, so that none is left open at the server. */
const ask = (port: number, path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    get({ port, host: '127.0.0.1', path, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      response.once('end', () => resolve(body))
    }).once('error', reject)
  })

/** @throws Error when the server still has somebody, or something of them, a while after all have left */
export async function mustBeEmpty(server: ServerProcess): Promise<string> {
  const endMs = performance.now() + PATIENCE_MS
  for (;;) {
    const [{ peers, rooms }, metrics] = await Promise.all([server.health(), server.metrics()])
    const sockets = Number(/^beatcord_sockets (\d+)$/m.exec(metrics)?.[1])
    const left = leftOver(await server.holds(), server.firstHeld())
    if (peers + rooms + sockets === 0 && left === '') return 'nothing leaked'
    must(
      performance.now() < endMs,
      `${peers} peers, ${rooms} rooms, ${sockets} sockets are left of nobody, and ${left || 'nothing else'}`,
    )
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/** In words; '' for nothing. */
function leftOver(now: Held, first: Held): string {
  const more = without(now.resources, first.resources)
  const files = now.files - first.files
  return [...more, ...(files > SPARE_FILES ? [`${files} open files`] : [])].join(', ')
}

/** What is in the first list more often than in the second. */
function without(all: readonly string[], some: readonly string[]): readonly string[] {
  const left = [...some]
  return all.filter((each) => {
    const at = left.indexOf(each)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
