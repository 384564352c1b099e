import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A server in a process of its own, which whoever started it ends. */
export interface ServerProcess {
  readonly child: ChildProcess
  /** Standard output so far. */
  readonly output: () => string
  readonly ended: Promise<number | null>
  /** Resolves once the output matches. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>
}

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

/** @param env  beyond a free port on this machine and a data folder of its own */
export function startServerProcess(env: Readonly<Record<string, string>>): ServerProcess {
  const dataDir = mkdtempSync(join(tmpdir(), 'beatcord-main-'))
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { PATH: process.env['PATH'], PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
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
