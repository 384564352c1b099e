import { pairsOf, recordAll, skewOf, soundShort, spreadWords, tell } from './jam-sound.ts'
import { allLinked, expect, test } from './jammers.ts'

const C4 = 60
const SECONDS = 6
/** Of the median: a stalled sound card moves single notes. */
const LOOSE_SKEW_MS = 10

test('a late joiner has everything and hears the loop in phase, mid-bar', async ({
  jammers,
  stage,
}) => {
  test.setTimeout(120_000)
  const [ana, bo] = await jammers(2)
  await soundShort(ana)
  await ana.toggle(C4, 1)
  await ana.toggle(C4 + 7, 9)
  await bo.toggle(C4 + 4, 5)
  await ana.setTempo(110)
  await ana.say('we started without you')
  await ana.play()

  const cy = await stage.tabOf(await stage.browserOf('cy'), 'cy')
  await cy.join(ana.link())
  await allLinked([ana, bo, cy])

  await expect(cy.chat).toContainText('we started without you')
  await expect(cy.page.getByRole('spinbutton', { name: 'Tempo' })).toHaveValue('110')
  await expect(cy.page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible()
  await cy.openTrack('ana')
  for (const [pitch, step] of [
    [C4, 1],
    [C4 + 7, 9],
  ] as const) {
    await expect.poll(() => cy.place(pitch, step)).toMatch(/^velocity/)
  }

  const [atAna, atCy] = await recordAll([ana, cy], SECONDS)
  if (!atAna || !atCy) throw new Error('two recordings must be there')
  const pairs = pairsOf(atAna, atCy)
  tell(`onset skew of a late joiner: ${spreadWords(skewOf(pairs))}`)
  expect(pairs.length).toBeGreaterThanOrEqual(6)
  for (const { first, second } of pairs) expect(second.pitch).toBe(first.pitch)
  expect(skewOf(pairs).p50).toBeLessThan(LOOSE_SKEW_MS)
})
