import { fileURLToPath } from 'node:url'
import type { Browser } from '@playwright/test'
import { startTestServer } from '../../e2e/server.ts'
import { openBrowser } from '../browser.ts'
import type { Row } from '../rows.ts'
import type { Stage } from './bench-room.ts'
import { startStockServer } from './stock-server.ts'

const PAGES = fileURLToPath(new URL('../out/page', import.meta.url))

/** Both servers and a browser, for as long as it takes. */
export async function onStage(
  say: (line: string) => void,
  switches: readonly string[],
  run: (stage: Stage) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const server = await startTestServer({ CLIENT_DIR: PAGES, MAX_PEERS_PER_ROOM: '24' })
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
