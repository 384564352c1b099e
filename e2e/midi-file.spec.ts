import type { Jammer } from './jammer.ts'
import { expect, test } from './jammers.ts'

const NOTES = [
  [60, 1],
  [64, 5],
  [67, 11],
] as const
const WRITTEN = /^velocity 100, length 1/

const sheet = ({ page }: Jammer) => page.getByRole('dialog', { name: 'MIDI file' })
const open = async (jammer: Jammer): Promise<void> => {
  await jammer.page.getByRole('button', { name: 'MIDI file', exact: true }).click()
}

test('what is played in one room is taken home, and comes into another for everybody, as one edit', async ({
  stage,
  server,
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await ana.setTempo(95)
  for (const [pitch, step] of NOTES) await ana.toggle(pitch, step)
  await bo.toggle(72, 3)
  await ana.openTrack('bo')
  await expect.poll(() => ana.place(72, 3)).toMatch(WRITTEN)
  await open(ana)
  await sheet(ana).getByRole('radio', { name: '1×' }).check()
  const [file] = await Promise.all([
    ana.page.waitForEvent('download'),
    sheet(ana).getByRole('button', { name: 'Save MIDI file' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/\.mid$/)

  const cy = await stage.tabOf(await stage.browserOf('cy', false), 'cy')
  await cy.page.goto(server.url)
  await cy.startJam()
  const dee = await stage.tabOf(await stage.browserOf('dee', false), 'dee')
  await dee.join(cy.link())
  await open(cy)
  await cy.page.getByLabel('Choose a MIDI file').setInputFiles(await file.path())
  await expect(sheet(cy).getByRole('article')).toHaveCount(2)
  await expect(sheet(cy).getByRole('article', { name: 'Synth · ana' })).toContainText('3 notes')
  await expect(sheet(cy).getByText('Set the tempo to 95 BPM, for everybody')).toBeVisible()
  await sheet(cy).getByRole('button', { name: 'Bring in 2 parts' }).click()

  await expect(sheet(cy)).toBeHidden()
  await expect(cy.page.getByRole('spinbutton', { name: 'Tempo' })).not.toHaveValue('95')
  await dee.openTrack('Synth · ana')
  for (const jammer of [cy, dee]) {
    for (const [pitch, step] of NOTES) {
      await expect.poll(() => jammer.place(pitch, step)).toMatch(WRITTEN)
    }
  }
  await dee.openTrack('Synth · bo')
  await expect.poll(() => dee.place(72, 3)).toMatch(WRITTEN)

  await cy.page.getByRole('button', { name: 'Undo last edit' }).click()
  for (const { page } of [cy, dee]) await expect(page.getByText('Synth · bo')).toHaveCount(0)
})
