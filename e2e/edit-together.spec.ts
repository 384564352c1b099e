import { expect, test } from './jammers.ts'

const C4 = 60
const E4 = 64
const EMPTY = 'empty'
const WRITTEN = /^velocity 100, length 1/

test('notes that two people write at once in one pattern are all there, on both pages', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await ana.toggle(C4, 1)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)

  await Promise.all([
    (async () => {
      for (const step of [5, 9, 13]) await ana.toggle(C4, step)
    })(),
    (async () => {
      for (const step of [3, 7, 11]) await bo.toggle(E4, step)
    })(),
  ])

  for (const jammer of [ana, bo]) {
    for (const step of [1, 5, 9, 13]) {
      await expect.poll(() => jammer.place(C4, step)).toMatch(WRITTEN)
    }
    for (const step of [3, 7, 11]) await expect.poll(() => jammer.place(E4, step)).toMatch(WRITTEN)
    expect(await jammer.place(C4, 2)).toBe(EMPTY)
  }
})

test('a note that one takes away is gone for the other', async ({ jammers }) => {
  const [ana, bo] = await jammers(2)
  await ana.toggle(C4, 1)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)

  await bo.toggle(C4, 1)

  await expect.poll(() => ana.place(C4, 1)).toBe(EMPTY)
})

test('tempo, steps, scale and play are the room’s', async ({ jammers }) => {
  const [ana, bo] = await jammers(2)

  await ana.setTempo(97)
  await ana.choose('Steps', '32')
  await ana.choose('Root', 'D')
  await ana.choose('Scale', 'Dorian')
  await bo.play()

  await expect(bo.page.getByRole('spinbutton', { name: 'Tempo' })).toHaveValue('97')
  await expect(bo.page.getByRole('combobox', { name: 'Steps' })).toHaveValue('32')
  await expect(bo.page.getByRole('combobox', { name: 'Root' })).toHaveValue('2')
  await expect(bo.page.getByRole('combobox', { name: 'Scale' })).toHaveValue('dorian')
  await expect(ana.page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible()
})

test('changing the scale and back leaves a note as it was written', async ({ jammers }) => {
  const [ana] = await jammers(1)
  const cSharp4 = C4 + 1
  await ana.toggle(cSharp4, 1)

  await ana.choose('Scale', 'Major')
  const inMajor = await ana.place(cSharp4, 1)
  await ana.choose('Scale', 'Chromatic')

  expect(inMajor).toMatch(/sounds as C4/)
  expect(await ana.place(cSharp4, 1)).toMatch(/^velocity 100, length 1$/)
})
