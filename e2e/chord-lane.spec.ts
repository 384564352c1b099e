import { AxeBuilder } from '@axe-core/playwright'
import { pairsOf, recordAll, soundShort } from './jam-sound.ts'
import { expect, test } from './jammers.ts'
import { notesIn } from './listen.ts'

const C4 = 60
/** Of a C over C, G, A minor and F. */
const SUNG = [60, 55, 57, 65]
const STEPS = [1, 9]

test('[CHORD2] [CHORD3] chords that one chooses the other sees, and both hear a bass follow them alike', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await ana.setTempo(240)
  await soundShort(bo)
  for (const step of STEPS) await bo.toggle(C4, step)
  await ana.page.getByRole('button', { name: 'Chords', exact: true }).click()
  await ana.page.getByRole('button', { name: /^I–V–vi–IV/ }).click()
  const axe = new AxeBuilder({ page: ana.page }).setLegacyMode()
  const lane = axe.include('[aria-label="Chords of the song"]')
  expect((await lane.analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  await ana.page.keyboard.press('Escape')

  await expect(
    bo.page.getByRole('region', { name: 'Chords of the song' }).getByRole('listitem'),
  ).toHaveText(['C', 'G', 'Am', 'F'])
  await bo.page
    .getByRole('combobox', { name: 'How this track follows the chords of the song' })
    .selectOption('Bass')
  await ana.play()
  const [atAna, atBo] = await recordAll([ana, bo], 5)

  if (atAna === undefined || atBo === undefined) throw new Error('two recordings must be there')
  for (const heard of [atAna, atBo]) {
    expect(new Set(notesIn(heard).map(({ pitch }) => pitch))).toEqual(new Set(SUNG))
  }
  const pairs = pairsOf(atAna, atBo)
  expect(pairs.length).toBeGreaterThan(6)
  for (const { first, second } of pairs) expect(second.pitch).toBe(first.pitch)
})
