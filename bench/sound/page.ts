import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { startTestServer } from '../../e2e/server.ts'
import { openBrowser } from '../browser.ts'

const PAGES = fileURLToPath(new URL('../out/page', import.meta.url))

/** The page that plays, in a browser of its own. */
export async function onSoundPage<Result>(run: (page: Page) => Promise<Result>): Promise<Result> {
  const server = await startTestServer({ CLIENT_DIR: PAGES })
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(`${server.url}/sound.html`)
    await page.waitForFunction(() => window.soundPage !== undefined)
    return await run(page)
  } finally {
    await browser.close()
    await server.close()
  }
}
