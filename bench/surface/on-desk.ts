import { Buffer } from 'node:buffer'
import type { Browser, CDPSession, Page } from '@playwright/test'
import { createJammer, type Jammer } from '../../e2e/jammer.ts'
import { startTestServer } from '../../e2e/server.ts'
import { openBrowser } from '../browser.ts'
import { fullSongFile, NOTES } from './full-song.ts'
import { watchFrames } from './watch-frames.ts'

/** A jam page of the built client, full of notes, all of them in sight. */
export interface Desk {
  readonly browser: Browser
  readonly ana: Jammer
  readonly page: Page
  readonly cdp: CDPSession
  /** The part of the roll that shows notes, CSS pixels of the page. */
  readonly field: Box
  /** Somebody else, in a browser of their own, in the same jam; asked for once. */
  bo(): Promise<Jammer>
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const VIEWPORT = { width: 1440, height: 900 }
export const SLOWDOWN = 4
/** Keys at the left and numbers at the top are no place to draw a box from. */
const MARGIN = { x: 60, y: 34 }

/** Opens it for as long as it takes. */
export async function onDesk<T>(run: (desk: Desk) => Promise<T>): Promise<T> {
  const server = await startTestServer()
  const browsers: Browser[] = []
  const enter = async (name: string, link?: string): Promise<Jammer> => {
    const browser = await openBrowser()
    browsers.push(browser)
    const context = await browser.newContext({ viewport: VIEWPORT, bypassCSP: true })
    // The runner that compiles this file marks functions with a helper that the page does not have.
    await context.addInitScript({ content: 'globalThis.__name = (value) => value' })
    await context.addInitScript(watchFrames)
    const jammer = createJammer(await context.newPage(), name)
    if (link !== undefined) await jammer.join(link)
    else {
      await jammer.page.goto(server.url)
      await jammer.startJam()
    }
    return jammer
  }
  try {
    const ana = await enter('ana')
    const { page } = ana
    await fill(ana)
    const cdp = await page.context().newCDPSession(page)
    const [browser] = browsers
    if (browser === undefined) throw new Error('a browser must be open')
    const field = await fieldOf(page)
    return await run({ browser, ana, page, cdp, field, bo: () => enter('bo', ana.link()) })
  } finally {
    for (const browser of browsers) await browser.close()
    await server.close()
  }
}

/** Makes the page's own thread so much slower; the browser's other threads are as fast as ever. */
export const slowDown = async ({ cdp }: Desk, rate: number): Promise<void> => {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate })
}

/** The whole song, with all tracks' notes in sight. */
async function fill({ page }: Jammer): Promise<void> {
  await page.getByRole('group', { name: 'Tool' }).waitFor()
  await page.getByLabel('Song file').setInputFiles({
    name: 'full.beatcord',
    mimeType: 'application/json',
    buffer: Buffer.from(fullSongFile()),
  })
  const others = page.getByRole('button', { name: 'Others', exact: true })
  if ((await others.getAttribute('aria-pressed')) !== 'true') await others.click()
  await page.getByRole('button', { name: 'Fit', exact: true }).click()
  const shapes = await page.evaluate(async () => {
    const found = window.frameWatch?.shapes()
    document.querySelector('[role=grid]')?.scrollBy(0, 1)
    return found
  })
  const drawn = (shapes?.['fillRect'] ?? 0) + (shapes?.['roundRect'] ?? 0)
  if (drawn < NOTES) throw new Error(`${NOTES} notes must be drawn, and were ${drawn} shapes`)
}

async function fieldOf(page: Page): Promise<Box> {
  const box = await page.getByRole('grid').boundingBox()
  if (box === null) throw new Error('the roll must be on the page')
  const { x, y, width, height } = box
  return {
    x: x + MARGIN.x,
    y: y + MARGIN.y,
    width: width - 2 * MARGIN.x,
    height: height - 2 * MARGIN.y,
  }
}
