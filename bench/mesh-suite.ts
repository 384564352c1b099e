import { fileURLToPath } from 'node:url'
import type { Browser } from '@playwright/test'
import { build } from 'vite'
import { startTestServer } from '../e2e/server.ts'
import { openBrowser } from './browser.ts'
import type { Stage } from './mesh/bench-room.ts'
import { sizeRows } from './mesh/sizes.ts'
import { startStockServer } from './mesh/stock-server.ts'
import type { Row } from './rows.ts'

const path = (of: string): string => fileURLToPath(new URL(of, import.meta.url))

/** Our mesh beside stock y-webrtc: how soon it stands, what it sends, what it loses and how it comes back. */
export async function meshSuite(say: (line: string) => void): Promise<readonly Row[]> {
  say('mesh: building the pages and the server …')
  await build({ configFile: path('vite.config.ts') })
  await build({ root: path('../signal-server'), logLevel: 'warn' })
  return [...(await onStage(say, [], sizeRows))]
}

/** Both servers and a browser, for as long as it takes. */
async function onStage(
  say: (line: string) => void,
  switches: readonly string[],
  run: (stage: Stage) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const server = await startTestServer({ CLIENT_DIR: path('out/page') })
  const stock = await startStockServer()
  let browser: Browser | undefined
  let rooms = 0
  try {
    browser = await openBrowser(switches)
    const newRoom = (): string => `bench-${String((rooms += 1))}`
    return await run({ browser, url: server.url, stockUrl: stock.url, say, newRoom })
  } finally {
    await browser?.close()
    await stock.close()
    await server.close()
  }
}
