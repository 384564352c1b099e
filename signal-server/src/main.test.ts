import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { CLOSE_CODES } from '@beatcord/shared'
import { joinPeer } from './talking-peer.ts'

interface Process {
  readonly child: ChildProcess
  /** Standard output so far. */
  readonly output: () => string
  readonly ended: Promise<number | null>
  /** Resolves once the output matches. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>
}

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

function startProcess(env: Readonly<Record<string, string>>): Process {
  const dataDir = mkdtempSync(join(tmpdir(), 'beatcord-main-'))
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { PATH: process.env['PATH'], PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    child,
    output: () => output,
    ended,
    async says(pattern) {
      for (;;) {
        const match = pattern.exec(output)
        if (match !== null) return match
        await new Promise((resolve) => child.stdout.once('data', resolve))
      }
    },
  }
}

test('it says where it plays, and on SIGTERM sends everyone away to come back, and ends', async () => {
  const { child, says, ended, output } = startProcess({})
  const [, port] = await says(/http:\/\/localhost:(\d+)/)
  const ana = await joinPeer(Number(port), 'garage')
  const startedMs = performance.now()

  child.kill('SIGTERM')

  expect(await ana.closed).toMatchObject({ code: CLOSE_CODES.restarting })
  expect(await ended).toBe(0)
  expect(performance.now() - startedMs).toBeLessThan(10_000)
  expect(output()).toContain('stopping reason=SIGTERM')
})

test('in production each line of the log is JSON', async () => {
  const { child, says, ended, output } = startProcess({ NODE_ENV: 'production' })
  await says(/plays at/)

  child.kill('SIGINT')
  await ended

  const lines = output().trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
    'Beatcord plays at',
    'stopping',
  ])
})

test.each([
  ['PORT', 'many'],
  ['INACTIVITY_TIMEOUT', 'soon'],
  ['ICE_SERVERS', '{'],
  ['DATA_DIR', '/dev/null/none'],
])('a wrong %s ends the process with its name', async (variable, value) => {
  const { ended, output } = startProcess({ [variable]: value })

  expect(await ended).toBe(1)
  expect(output()).toContain(`${variable}: `)
})
