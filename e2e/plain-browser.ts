import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { BROWSER_SWITCHES, findBrowser } from '../scripts/browser.mjs'

/** A Chromium as people run it: what is hidden is hidden, and its timers run once a second. */
export interface PlainBrowser {
  /** In the first window; to be opened before any other window is. */
  newTab(): Promise<Page>
  newWindow(): Promise<Page>
  /** Brings the empty tab of the first window to the front, which hides all others there. */
  hideFirstWindow(): Promise<void>
  close(): Promise<void>
}

const SIZE = { width: 1280, height: 900 } as const
const ARGS = [
  `--window-size=${SIZE.width},${SIZE.height}`,
  '--headless=new',
  ...BROWSER_SWITCHES,
  '--no-first-run',
  '--remote-debugging-port=0',
  '--autoplay-policy=no-user-gesture-required',
]

/**
 * Playwright's own launch tells a browser to slow nothing down, and each page that it is looked at. So this one is
 * started without its help.
 *
 * @throws Error without a Chromium
 */
export async function launchPlainBrowser(): Promise<PlainBrowser> {
  const program = findBrowser() ?? chromium.executablePath()
  const profile = await mkdtemp(join(tmpdir(), 'beatcord-profile-'))
  const child = spawn(program, [...ARGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })

  async function close(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill()
      await once(child, 'exit')
    }
    // Its helpers may still write for a moment.
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }

  try {
    const browser = await chromium.connectOverCDP(await debuggingUrl(child), { noDefaults: true })
    const [context] = browser.contexts()
    const [emptyTab] = context?.pages() ?? []
    if (context === undefined || emptyTab === undefined) {
      throw new Error('a browser must open with an empty tab')
    }
    const session = await browser.newBrowserCDPSession()
    return {
      newTab: async () => letRecord(context, await context.newPage()),
      async newWindow() {
        const opened = context.waitForEvent('page')
        await session.send('Target.createTarget', { url: 'about:blank', newWindow: true, ...SIZE })
        return letRecord(context, await opened)
      },
      hideFirstWindow: () => emptyTab.bringToFront(),
      async close() {
        await browser.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The recorder is a worklet from a Blob, which the page's own policy forbids. */
async function letRecord(context: BrowserContext, page: Page): Promise<Page> {
  const session = await context.newCDPSession(page)
  await session.send('Page.setBypassCSP', { enabled: true })
  return page
}

/** Where it says that it listens. */
async function debuggingUrl({ stderr }: ChildProcess): Promise<string> {
  if (stderr === null) throw new Error('what a browser says must be read')
  for await (const line of createInterface(stderr)) {
    const [url] = /ws:\/\/\S+/.exec(line) ?? []
    if (url === undefined) continue
    stderr.resume()
    return url
  }
  throw new Error('a browser must say where it listens')
}
