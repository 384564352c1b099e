import type { Jammer } from './jammer.ts'
import { pairsOf, recordAll, skewOf, soundShort, tell } from './jam-sound.ts'
import { expect, test } from './jammers.ts'
import { notesIn } from './listen.ts'

const C4 = 60
const EMPTY = 'empty'
const WRITTEN = /^velocity 100, length 1/
const BAR_MS = 2000
const STEP_MS = BAR_MS / 16

const button = ({ page }: Jammer, name: string) => page.getByRole('button', { name, exact: true })
const riffs = ({ page }: Jammer) => page.getByRole('dialog', { name: 'Riffs' })
const riff = (jammer: Jammer, name: string) => riffs(jammer).getByRole('article', { name })

async function keep(jammer: Jammer, name: string): Promise<void> {
  await button(jammer, 'Riffs').click()
  await riffs(jammer).getByRole('textbox', { name: 'Name of the riff' }).fill(name)
  await riffs(jammer).getByRole('button', { name: 'Keep this riff' }).click()
  await expect(riff(jammer, name)).toBeVisible()
  await riffs(jammer).getByRole('button', { name: 'Close' }).click()
}

/** How long after one another notes begin that somebody hears, in steps of the bar, rounded. */
const gapsOf = (recording: Parameters<typeof notesIn>[0]): ReadonlySet<number> => {
  const notes = notesIn(recording)
  return new Set(
    notes
      .slice(1)
      .map((note, at) => Math.round((note.wallMs - (notes[at]?.wallMs ?? 0)) / STEP_MS)),
  )
}

test('[RIFF1] [RIFF6] what one keeps the other hears alone, and brings back for both on a bar, in phase', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await soundShort(ana)
  for (const step of [1, 4, 13]) await ana.toggle(C4, step)
  await keep(ana, 'Verse')
  for (const step of [4, 13]) await ana.toggle(C4, step)
  await ana.play()
  await bo.openTrack('ana')
  await button(bo, 'Riffs').click()
  await expect(riff(bo, 'Verse')).toContainText('kept by ana')
  await expect(riff(bo, 'Verse')).toContainText('written by ana')

  await riff(bo, 'Verse').getByRole('button', { name: 'Listen' }).click()
  await riffs(bo).getByRole('button', { name: 'Close' }).click()
  await expect(bo.page.getByRole('status', { name: 'Riffs' })).toHaveText('Only you hear Verse.')
  const [anas, bos] = await recordAll([ana, bo], 5)
  expect(anas && [...gapsOf(anas)]).toEqual([16])
  expect(bos && [...gapsOf(bos)].toSorted((a, b) => a - b)).toEqual([3, 4, 9])

  await button(bo, 'Bring back').click()
  for (const { page } of [ana, bo]) {
    await expect(page.getByRole('status', { name: 'Riffs' })).toHaveText('Verse comes back')
  }
  await expect.poll(() => ana.place(C4, 4)).toMatch(WRITTEN)
  for (const { page } of [ana, bo]) {
    await expect(page.getByRole('status', { name: 'Riffs' })).toHaveText('')
  }
  const both = await recordAll([ana, bo], 5)
  const [first, second] = both
  if (!first || !second) throw new Error('two recordings must be there')
  for (const each of both) expect([...gapsOf(each)].toSorted((a, b) => a - b)).toEqual([3, 4, 9])
  const skew = skewOf(pairsOf(first, second))
  tell(`after a riff came back: p50 ${skew.p50.toFixed(2)} ms apart`)
  expect(skew.p50).toBeLessThan(10)

  await bo.page.getByRole('button', { name: 'Undo last edit' }).click()
  await expect.poll(() => ana.place(C4, 4)).toBe(EMPTY)
})

test('[RIFF1] a riff outlives a reload, reaches who comes later, and begins a jam of its own', async ({
  jammers,
}) => {
  const [ana] = await jammers(1)
  await ana.toggle(C4, 5)
  await keep(ana, 'Idea')
  await ana.toggle(C4, 5)
  await ana.reload()
  await button(ana, 'Riffs').click()
  await expect(riff(ana, 'Idea')).toBeVisible()

  await riff(ana, 'Idea').locator('summary').click()
  const before = ana.link()
  await riff(ana, 'Idea').getByRole('button', { name: 'Start a new jam with it' }).click()
  await ana.arrive()

  expect(ana.link()).not.toBe(before)
  await ana.openTrack('ana')
  await expect.poll(() => ana.place(C4, 5)).toMatch(WRITTEN)
})

test('any moment of how the song was written comes back on a page that was loaded anew, and can be kept', async ({
  jammers,
}) => {
  const [ana] = await jammers(1)
  await ana.toggle(C4, 5)
  // A moment is a second.
  await ana.page.waitForTimeout(1200)
  await ana.toggle(C4, 9)
  await ana.page.waitForTimeout(1200)
  await ana.toggle(C4, 5)
  await ana.reload()
  await button(ana, 'Riffs').click()
  await riffs(ana).getByText('How it was written').click()
  const moment = riffs(ana).getByRole('slider', { name: 'Moment' })
  const cells = riffs(ana).getByRole('img').locator('path')
  await expect(cells).toHaveCount(1)

  await moment.focus()
  for (let back = 0; back < 12 && (await cells.count()) !== 2; back++) {
    await moment.press('ArrowLeft')
    await ana.page.waitForTimeout(100)
  }
  await expect(cells).toHaveCount(2)
  await riffs(ana).getByRole('button', { name: 'Keep as a riff' }).click()
  await riffs(ana).getByRole('article').getByRole('button', { name: 'Bring back' }).click()

  await expect.poll(() => ana.place(C4, 5)).toMatch(WRITTEN)
  expect(await ana.place(C4, 9)).toMatch(WRITTEN)
})

test('whoever opens a remix link begins a jam of their own with a copy, and reads who wrote it', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await ana.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await ana.toggle(C4, 5)
  await keep(ana, 'Idea')
  await button(ana, 'Riffs').click()
  await riff(ana, 'Idea').locator('summary').click()
  await riff(ana, 'Idea').getByRole('button', { name: 'Copy a remix link' }).click()
  await expect(ana.page.getByText(/^Copied\. Whoever opens/)).toBeVisible()
  const link = await ana.page.evaluate(() => navigator.clipboard.readText())

  await button(bo, 'Leave').click()
  await bo.page.goto(link.slice(0, -5))
  await expect(bo.page.getByRole('alert')).toContainText('This link holds no riff')
  await bo.page.goto('about:blank')
  await bo.page.goto(link)
  await expect(bo.page.getByRole('heading', { name: 'Idea' })).toBeVisible()
  await expect(bo.page.getByText('written by ana')).toBeVisible()
  await button(bo, 'Start with this copy').click()

  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 5)).toMatch(WRITTEN)
  await bo.toggle(C4, 6)
  await expect.poll(() => bo.place(C4, 6)).toMatch(WRITTEN)
  await riffs(ana).getByRole('button', { name: 'Close' }).click()
  expect(await ana.place(C4, 6)).toBe(EMPTY)
})
