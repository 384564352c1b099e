import { readFileSync } from 'node:fs'
import type { Download, Locator, Page } from '@playwright/test'
import { type ReadWav, readWav } from '../client/src/sound/testing/read-wav.ts'
import { expect } from './jammers.ts'
import type { Jammer } from './jammer.ts'

/** The sheet of what makes files of sound, open. */
export async function openAudio({ page }: Jammer): Promise<Locator> {
  await page.getByRole('button', { name: 'Export audio' }).click()
  const sheet = page.getByRole('dialog', { name: 'Export audio' })
  await expect(sheet).toBeVisible()
  return sheet
}

/** Chooses one of a row. */
export async function pick(sheet: Locator, row: string, option: string): Promise<void> {
  const radio = sheet
    .getByRole('group', { name: row })
    .getByRole('radio', { name: option, exact: true })
  await radio.check()
}

/** The file that the page gives after that. */
export async function downloaded(page: Page, act: () => Promise<void>): Promise<Download> {
  const coming = page.waitForEvent('download')
  await act()
  return coming
}

export async function bytesOf(download: Download): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(readFileSync(await download.path()))
}

export const wavOf = async (download: Download): Promise<ReadWav> =>
  readWav(await bytesOf(download))

/** Frames on which something begins after silence. */
export function onsetsIn(samples: Float64Array): readonly number[] {
  const QUIET_FRAMES = 2000
  const onsets: number[] = []
  let last = -Infinity
  for (const [at, sample] of samples.entries()) {
    if (Math.abs(sample) < 0.003) continue
    if (at - last > QUIET_FRAMES) onsets.push(at)
    last = at
  }
  return onsets
}
