import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Settings } from './server.ts'

/** A coturn in a process of its own, on this machine only. */
export interface Coturn {
  /** What makes a Beatcord server hand it out. */
  readonly settings: Settings
  /** What it logged so far. */
  readonly lines: readonly string[]
  close(): Promise<void>
}

const PAGE = new URL('../docs/turn.md', import.meta.url)
const SECRET = 'a secret for one test'
/** Beyond what the page tells to write: everything on this machine, and nothing left behind. */
const FOR_TESTS = [
  'listening-ip=127.0.0.1',
  'relay-ip=127.0.0.1',
  'no-cli',
  'no-tls',
  'no-dtls',
  'log-file=stdout',
  'verbose',
]

/**
 * Starts what `docs/turn.md` tells to set up.
 *
 * @param program  path of turnserver
 * @param letsReachItself  whether peers on this machine can be reached through it, which the page forbids
 */
export async function startCoturn(program: string, letsReachItself = true): Promise<Coturn> {
  const folder = await mkdtemp(join(tmpdir(), 'beatcord-coturn-'))
  const port = String(await freePort())
  const config = [
    ...(await toldSettings()).map((line) => adapted(line, port, letsReachItself)),
    ...FOR_TESTS,
    ...(letsReachItself ? ['allow-loopback-peers'] : []),
    `userdb=${join(folder, 'turndb')}`,
    `pidfile=${join(folder, 'pid')}`,
  ]
  await writeFile(join(folder, 'turnserver.conf'), config.join('\n'))
  const child = spawn(program, ['-c', join(folder, 'turnserver.conf')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const lines: string[] = []

  async function close(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  }

  const output = createInterface(child.stdout)
  const listens = new Promise<void>((resolve, reject) => {
    output.on('line', (line) => {
      lines.push(line)
      if (line.includes('UDP listener opened on')) resolve()
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      reject(
        new Error(`coturn must listen, it ended with ${code ?? 'a signal'}: ${lines.join('\n')}`),
      )
    })
  })
  try {
    await listens
  } catch (error) {
    await close()
    throw error
  }
  return {
    settings: { TURN_URLS: `turn:127.0.0.1:${port}`, TURN_SECRET: SECRET },
    lines,
    close,
  }
}

/** The lines of the configuration on the page, without remarks. @throws Error when it shows none */
async function toldSettings(): Promise<readonly string[]> {
  const block = /```conf\n([\s\S]*?)```/.exec(await readFile(PAGE, 'utf8'))?.[1]
  if (block === undefined) throw new Error('docs/turn.md must show a configuration')
  return block.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
}

function adapted(line: string, port: string, letsReachItself: boolean): string {
  if (line.startsWith('listening-port=')) return `listening-port=${port}`
  if (line.startsWith('static-auth-secret=')) return `static-auth-secret=${SECRET}`
  // In a test the peers themselves are on this machine.
  return letsReachItself && line.startsWith('denied-peer-ip=127.') ? '' : line
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no TCP address'))
        else resolve(address.port)
      })
    })
  })
}
