import { fileURLToPath } from 'node:url'
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
