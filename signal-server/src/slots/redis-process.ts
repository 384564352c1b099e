import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPort } from '../listener.ts'

/** A Redis of its own, which whoever started it ends. */
export interface RedisProcess {
  readonly url: string
  readonly pid: number
  end(): Promise<void>
}

const READY = /Ready to accept connections/

/**
 * Starts `redis-server` (or what REDIS_SERVER_PATH names) on a free port of this machine, with nothing on disk.
 *
 * @throws (rejects) when there is none
 */
export async function startRedis(...settings: readonly string[]): Promise<RedisProcess> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'beatcord-redis-'))
  const child = spawn(
    process.env['REDIS_SERVER_PATH'] ?? 'redis-server',
    [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
      ...['--save', '', '--appendonly', 'no', ...settings],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve()
    })
  })
  await new Promise<void>((resolve, reject) => {
    let output = ''
    child.once('error', reject)
    void ended.then(() => {
      reject(new Error(`redis-server must start, said: ${output}`))
    })
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (READY.test(output)) resolve()
    })
  })
  return {
    url: `redis://127.0.0.1:${String(port)}`,
    pid: child.pid ?? 0,
    async end() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await openPort(server, { port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.close(resolve))
  return port
}
