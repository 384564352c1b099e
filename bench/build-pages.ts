import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'vite'
import type { Say } from './suite.ts'

const path = (of: string): string => fileURLToPath(new URL(of, import.meta.url))

const SERVER = { root: path('../signal-server'), logLevel: 'warn' } as const

/** The bench's own pages, and the server that admits them. */
export async function buildPages(say: Say): Promise<void> {
  say('building the pages and the server …')
  await build({ configFile: path('vite.config.ts') })
  await build(SERVER)
}

/** The server as it goes into production. */
export async function buildServer(say: Say): Promise<void> {
  say('building the server …')
  await build(SERVER)
}

/** The client and the server as they go into production, with what is sent compressed beside it. */
export async function buildProduct(say: Say): Promise<void> {
  say('building the client and the server …')
  await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: path('..') })
}
