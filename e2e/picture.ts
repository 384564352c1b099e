import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from '@playwright/test'
import { BROWSER_SWITCHES, findBrowser } from '../scripts/browser.mjs'
import { createJammer, type Jammer } from './jammer.ts'
import { startTestServer } from './server.ts'

/** Takes the README's picture: a real jam of three, on the built page. */

const PICTURE = fileURLToPath(new URL('../docs/images/jam.png', import.meta.url))
const DESK = { width: 1440, height: 900 }

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
  const context = await browser.newContext({ viewport: DESK, deviceScaleFactor: 1 })
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
  await mkdir(dirname(PICTURE), { recursive: true })
  await ana.page.screenshot({ path: PICTURE })
} finally {
  await browser.close()
  await server.close()
}
