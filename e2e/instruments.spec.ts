import type { Page } from '@playwright/test'
import { pairsOf, recordAll, skewOf, soundShort, spreadWords, tell } from './jam-sound.ts'
import { expect, test } from './jammers.ts'
import { isSilent, notesIn } from './listen.ts'
import { isLong } from './long.ts'

const C4 = 60
/** The kick, as General MIDI has it. */
const KICK = 36
const SECONDS = 6
/** Of the median: a stalled sound card moves single notes. */
const LOOSE_SKEW_MS = 10

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

/** In the mixer, for this person's ears only; then back to the roll. */
async function muteForMyself(page: Page, owner: string): Promise<void> {
  await button(page, 'Mixer').first().click()
  await button(page, 'Only me').click()
  await button(page, new RegExp(`^Mute ${owner}.* for `))
    .first()
    .click()
}

test('a kit that one plays is heard on both pages, at the same moments', async ({ jammers }) => {
  test.setTimeout(120_000)
  const [ana, bo] = await jammers(2)
  for (const step of [1, 5, 9, 13]) await ana.toggle(KICK, step)
  await button(ana.page, 'Drums').click()
  await ana.play()

  const [atAna, atBo] = await recordAll([ana, bo], SECONDS)
  if (!atAna || !atBo) throw new Error('two recordings must be there')

  const pairs = pairsOf(atAna, atBo)
  tell(`onset skew of a kit over ${pairs.length} strokes: ${spreadWords(skewOf(pairs))}`)
  expect(pairs.length).toBeGreaterThanOrEqual(8)
  expect(skewOf(pairs).p50).toBeLessThan(LOOSE_SKEW_MS)
  await bo.openTrack('ana')
  await expect(bo.page.getByRole('grid').getByRole('gridcell')).toHaveAttribute(
    'aria-label',
    /^(Kick|Snare|Clap|Closed hat|Open hat|.* tom|Rim|Cowbell|Crash|Ride|Shaker), step /,
  )
})

test('a sound from the bank is everybody’s, and Escape leaves the one that was', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await ana.toggle(C4, 1)
  await bo.openTrack('ana')
  const shown = bo.page.getByRole('slider', { name: 'Cutoff', exact: true })
  const before = await shown.getAttribute('aria-valuetext')

  await button(ana.page, /^Sounds: /).click()
  await ana.page.keyboard.press('ArrowDown')
  await ana.page.keyboard.press('Escape')
  expect(await shown.getAttribute('aria-valuetext')).toBe(before)

  await button(ana.page, 'Next sound').click()
  await expect.poll(() => shown.getAttribute('aria-valuetext')).not.toBe(before)
})

test('[SND7] what one mutes for oneself the other still hears', async ({ jammers }) => {
  test.skip(!isLong, 'npm run stress -- sound plays it')
  test.setTimeout(120_000)
  const [ana, bo] = await jammers(2)
  await soundShort(ana)
  for (const step of [1, 5, 9, 13]) await ana.toggle(C4, step)
  await ana.play()
  await muteForMyself(bo.page, 'ana')

  const [atAna, atBo] = await recordAll([ana, bo], SECONDS)
  if (!atAna || !atBo) throw new Error('two recordings must be there')

  expect(notesIn(atAna).length).toBeGreaterThanOrEqual(8)
  expect(isSilent(atBo.pcm)).toBe(true)
})
