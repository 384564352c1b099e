import { expect, test } from './jammers.ts'
import { openKeys, strike } from './live-keys.ts'

const [C4, E4, G4] = [60, 64, 67]
const WRITTEN = /^velocity/

test('what was played without recording is kept afterwards, and taken back as one', async ({
  jammers,
}) => {
  test.setTimeout(90_000)
  const [ana, bo] = await jammers(2)
  await openKeys(ana)
  await strike(ana, 'a', 1, 250)
  await strike(ana, 'd', 1, 250)

  await ana.page.getByRole('button', { name: 'Keep what I played' }).click()

  await expect(ana.page.getByText('Kept 2 notes.')).toBeVisible()
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)
  await ana.page.getByRole('button', { name: 'Undo', exact: true }).first().click()
  await expect.poll(() => bo.place(C4, 1)).not.toMatch(WRITTEN)
})

test('a melody is entered step by step while the song stands, and everybody has it', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await openKeys(ana)
  await ana.page.getByRole('button', { name: 'Step by step' }).click()
  const { keyboard } = ana.page
  await strike(ana, 'a', 1, 80)
  await keyboard.press('ArrowRight')
  await Promise.all([keyboard.down('d'), keyboard.down('g')])
  await Promise.all([keyboard.up('d'), keyboard.up('g')])

  await expect(ana.page.getByText('Step 4 of 16')).toBeVisible()
  await bo.openTrack('ana')
  for (const [pitch, step] of [
    [C4, 1],
    [E4, 3],
    [G4, 3],
  ] as const) {
    await expect.poll(() => bo.place(pitch, step)).toMatch(WRITTEN)
  }
  await keyboard.press('Control+z')
  await expect.poll(() => bo.place(G4, 3)).not.toMatch(WRITTEN)
  expect(await bo.place(E4, 3), 'the chord is one step').not.toMatch(WRITTEN)
  expect(await bo.place(C4, 1)).toMatch(WRITTEN)
  await expect(ana.page.getByText('Step 3 of 16')).toBeVisible()
})
