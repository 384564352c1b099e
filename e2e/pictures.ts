import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { BROWSER_SWITCHES, findBrowser } from '../scripts/browser.mjs'
import { createJammer, type Jammer } from './jammer.ts'
import { startTestServer } from './server.ts'

/** Takes the README's pictures: a real jam of three, on the built page. */

const IMAGES = fileURLToPath(new URL('../docs/images', import.meta.url))
const MOST_BYTES = 200_000
const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

type Place = readonly [pitch: number, step: number]

/** Over ana's groove in A minor: bo's answer an octave up, cy's off-beats. */
const BOS_NOTES: readonly Place[] = [
  [76, 3],
  [74, 6],
  [72, 7],
  [69, 10],
  [72, 11],
  [74, 14],
  [76, 15],
]
const CYS_NOTES: readonly Place[] = [
  [81, 2],
  [84, 4],
  [81, 8],
  [88, 10],
  [84, 12],
  [79, 16],
]

async function enter(browser: Browser, name: string, url: string): Promise<Jammer> {
  const context = await browser.newContext({ viewport: DESK, colorScheme: 'dark' })
  const jammer = createJammer(await context.newPage(), name)
  if (url.includes('#')) {
    await jammer.join(url)
  } else {
    await jammer.page.goto(url)
    await jammer.startJam()
  }
  return jammer
}

async function write(jammer: Jammer, waveform: string, notes: readonly Place[]): Promise<void> {
  await jammer.page.getByText(waveform, { exact: true }).click()
  for (const [pitch, step] of notes) await jammer.toggle(pitch, step)
}

/** A picture that is too large for a README is a mistake. */
async function take(page: Page, name: string): Promise<void> {
  const picture = await page.screenshot()
  if (picture.length > MOST_BYTES)
    throw new Error(`${name} must have at most ${MOST_BYTES} bytes, has ${picture.length}`)
  await writeFile(join(IMAGES, `${name}.png`), picture)
  process.stdout.write(`${name}.png  ${Math.round(picture.length / 1000)} kB\n`)
}

/** What everybody of the jam sees of it, as ana does. */
async function takeAll(page: Page): Promise<void> {
  const wear = (colorScheme: 'dark' | 'light') => page.emulateMedia({ colorScheme })
  await take(page, 'jam')
  await wear('light')
  await take(page, 'jam-light')
  await page.getByRole('tab', { name: 'Effects' }).click()
  await take(page, 'sound')
  await wear('dark')
  await page.getByRole('button', { name: 'Mixer', exact: true }).first().click()
  await page.getByRole('region', { name: 'Mixer' }).waitFor()
  await take(page, 'mixer')
  await page.setViewportSize(PHONE)
  const panes = page.getByRole('navigation', { name: 'Parts of the jam' })
  await panes.getByRole('button', { name: 'Notes' }).click()
  await take(page, 'phone')
}

const server = await startTestServer()
const executablePath = findBrowser()
const browser = await chromium.launch({
  args: [...BROWSER_SWITCHES, '--autoplay-policy=no-user-gesture-required'],
  ...(executablePath === undefined ? {} : { executablePath }),
})
try {
  const ana = await enter(browser, 'ana', server.url)
  await ana.page.getByRole('button', { name: 'Start with a groove' }).click()
  const bo = await enter(browser, 'bo', ana.link())
  await write(bo, 'Sine', BOS_NOTES)
  const cy = await enter(browser, 'cy', ana.link())
  await write(cy, 'Triangle', CYS_NOTES)
  await bo.say('that bass!')
  await cy.say('wait for the second bar')
  await ana.say('leave room on the 4 and it is perfect')
  await ana.page.getByText('leave room on the 4').waitFor()
  await ana.page.getByText('joined the jam').last().waitFor({ state: 'detached' })
  await mkdir(IMAGES, { recursive: true })
  await takeAll(ana.page)
} finally {
  await browser.close()
  await server.close()
}
