import { expect, test } from './jammers.ts'

const C4 = 60
const EMPTY = 'empty'
const WRITTEN = /^velocity 100, length 1/

test('[SYNC16] two people write in one bar, and each undo takes back only its own', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await ana.toggle(C4, 1)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)
  await bo.toggle(C4, 2)
  await expect.poll(() => ana.place(C4, 2)).toMatch(WRITTEN)
  await ana.toggle(C4, 3)
  await expect.poll(() => bo.place(C4, 3)).toMatch(WRITTEN)

  await bo.page.getByRole('button', { name: 'Undo last edit' }).click()
  await expect.poll(() => ana.place(C4, 2)).toBe(EMPTY)
  await ana.page.keyboard.press('Control+z')
  await ana.page.keyboard.press('Control+z')

  await expect.poll(() => bo.place(C4, 1)).toBe(EMPTY)
  expect(await bo.place(C4, 3)).toBe(EMPTY)
  await ana.page.keyboard.press('Control+Shift+z')
  await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)
})

test('[CLK23] a pattern that one launches plays for both with the next bar, and each has patterns of its own', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await ana.toggle(C4, 1)
  await ana.page.getByRole('button', { name: 'Pattern B, empty' }).click()
  expect(await ana.place(C4, 1)).toBe(EMPTY)
  await ana.toggle(C4, 5)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)
  expect(await bo.place(C4, 5)).toBe(EMPTY)
  await ana.play()

  await ana.page.getByRole('button', { name: 'Play B' }).click()

  for (const { page } of [ana, bo]) {
    await expect(page.getByRole('button', { name: 'Pattern B, playing' })).toBeVisible()
  }
})

test('a track of drums that one adds is there for the other, who takes it over when its owner has left', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await bo.page.getByRole('button', { name: 'Add drums' }).click()
  const more = ana.page.getByRole('button', { name: 'More about Drums' })
  await more.click()
  await ana.page.getByRole('textbox', { name: 'Name' }).fill('Beat')
  await ana.page.keyboard.press('Enter')
  await expect(bo.page.getByRole('button', { name: 'More about Beat' })).toBeVisible()
  await bo.page.getByRole('button', { name: 'Leave' }).click()

  await ana.page.getByRole('button', { name: 'More about Beat' }).click()
  const actions = ana.page.getByRole('group', { name: 'More about Beat' })
  await actions.getByRole('button', { name: 'Make it mine' }).click()

  // Ana had none yet: now it is hers.
  await expect(ana.page.getByRole('region', { name: 'Your track' })).toContainText('Beat')
})
