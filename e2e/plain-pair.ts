import type { Page } from '@playwright/test'
import { recordOutputs } from './capture.ts'
import { soundShort } from './jam-sound.ts'
import { createJammer, type Jammer } from './jammer.ts'
import { allLinked, test as base } from './jammers.ts'
import { muteOutput } from './mute-output.ts'
import { launchPlainBrowser, type PlainBrowser } from './plain-browser.ts'
import { walkTo } from './roll.ts'

export type Pair = readonly [Jammer, Jammer]

interface Fixtures {
  readonly plainBrowser: PlainBrowser
  /**
   * ana and bo in two windows of one plain browser. They play a short note on each beat, and their cursors stand where
   * they are to write next.
   *
   * @param mutes  whether the browser gets silence from ana
   */
  readonly pair: (options: { readonly mutes: boolean }) => Promise<Pair>
}

/** The first step's; the other beats have another. */
export const FIRST_PITCH = 60
const BEAT_PITCH = 67
const EDITED_PITCH = 72
/** Where each of the two writes, and each fourth step from there on: between all that is there. */
export const FIRST_EDITED_STEP = { ana: 3, bo: 2 } as const

export const test = base.extend<Fixtures>({
  plainBrowser: async ({}, use) => {
    const browser = await launchPlainBrowser()
    await use(browser)
    await browser.close()
  },

  pair: async ({ plainBrowser, server }, use) => {
    await use(async ({ mutes }) => {
      const ana = await recordedJammer(await plainBrowser.newTab(), 'ana', mutes)
      await ana.page.goto(server.url)
      await ana.startJam()
      const bo = await recordedJammer(await plainBrowser.newWindow(), 'bo', false)
      await bo.join(ana.link())
      await allLinked([ana, bo])
      for (const jammer of [ana, bo]) await soundShort(jammer)
      await ana.toggle(FIRST_PITCH, 1)
      for (const step of [5, 9, 13]) await ana.toggle(BEAT_PITCH, step)
      await ana.play()
      await walkTo(ana.page, EDITED_PITCH, FIRST_EDITED_STEP.ana)
      await walkTo(bo.page, EDITED_PITCH, FIRST_EDITED_STEP.bo)
      return [ana, bo]
    })
  },
})

async function recordedJammer(page: Page, name: string, mutes: boolean): Promise<Jammer> {
  if (mutes) await page.addInitScript(muteOutput)
  await page.addInitScript(recordOutputs)
  return createJammer(page, name)
}
