import { expect, test } from './phone.ts'

const C4 = 60
const EMPTY = 'empty'
const NOTE = /^velocity 100, length 1$/

test('a thumb draws, selects, moves, resizes and erases notes', async ({ phone }) => {
  const { jammer, page } = phone
  const spot = await phone.cell(C4, 2)
  const { width, height } = spot

  await phone.tapAt(spot)
  await expect.poll(() => jammer.place(C4, 2)).toMatch(NOTE)

  await phone.hold(spot, page.getByRole('button', { name: 'Delete note' }))
  await phone.drag(spot, { x: spot.x + 2 * width, y: spot.y - height })
  await expect.poll(() => jammer.place(C4 + 1, 4)).toMatch(NOTE)
  expect(await jammer.place(C4, 2)).toBe(EMPTY)

  await phone.tap('Longer')
  await expect.poll(() => jammer.place(C4 + 1, 4)).toMatch(/length 2$/)
  // Two steps are wide enough for a thumb to find their end.
  const start = await phone.cell(C4 + 1, 4)
  const end = { x: start.x + 1.4 * width, y: start.y }
  await phone.drag(end, { x: end.x + 2 * width, y: end.y })
  await expect.poll(() => jammer.place(C4 + 1, 4)).toMatch(/length 4$/)

  await phone.tap('Erase')
  await phone.tapAt(start)
  await expect.poll(() => jammer.place(C4 + 1, 4)).toBe(EMPTY)
})

test('a thumb boxes notes, transposes and duplicates them, and takes that back', async ({
  phone,
}) => {
  const { jammer, page } = phone
  const first = await phone.cell(C4, 2)
  await phone.tapAt(first)
  await phone.tapAt({ x: first.x + first.width, y: first.y - 2 * first.height })
  await expect.poll(() => jammer.place(C4 + 2, 3)).toMatch(NOTE)

  await phone.tap('Select')
  await phone.drag(
    { x: first.x - first.width, y: first.y + 0.4 * first.height },
    { x: first.x + 1.4 * first.width, y: first.y - 2.4 * first.height },
  )
  await expect(page.getByRole('group', { name: 'Selected notes' })).toContainText('2 notes')
  await phone.tap('Octave up')
  await expect.poll(() => jammer.place(C4 + 12, 2)).toMatch(NOTE)
  await phone.tap('Duplicate')
  await expect.poll(() => jammer.place(C4 + 12, 4)).toMatch(NOTE)
  expect(await jammer.place(C4 + 14, 5)).toMatch(NOTE)

  await phone.tap('Undo last edit')
  await expect.poll(() => jammer.place(C4 + 12, 4)).toBe(EMPTY)
  await phone.tap('Undo last edit')
  await expect.poll(() => jammer.place(C4, 2)).toMatch(NOTE)
})

test('a thumb adds a track, names and mutes it, and launches another pattern', async ({
  phone,
}) => {
  const { jammer, page } = phone
  await phone.show('Tracks')
  await phone.tap('Add synth')
  await expect(page.getByRole('grid', { name: 'Piano roll of Synth' })).toBeVisible()
  await phone.show('Tracks')
  await phone.tap('More about Synth')
  await page.getByRole('textbox', { name: 'Name' }).tap()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Lead')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Your track' })).toContainText('Lead')
  const mute = page.getByRole('button', { name: 'Mute your track for everybody' })
  await mute.tap()
  await expect(mute).toHaveAttribute('aria-pressed', 'true')

  await phone.show('Notes')
  await phone.tap('Pattern B, empty')
  await phone.tapAt(await phone.cell(C4, 1))
  await expect.poll(() => jammer.place(C4, 1)).toMatch(NOTE)
  await phone.tap('Play')
  await phone.tap('Play B')
  await expect(page.getByRole('button', { name: 'Pattern B, playing' })).toBeVisible()
})

test('a thumb picks a sound, and writes a line of chat', async ({ phone }) => {
  const { page } = phone
  await phone.show('Sound')
  await phone.tap(/^Sounds: /)
  const second = page.getByRole('listbox', { name: 'Sounds' }).getByRole('option').nth(1)
  const name = await second.locator('.name').textContent()
  await second.tap()
  await expect(second).toHaveAttribute('aria-selected', 'true')
  await phone.tap('Take it')
  await expect(page.getByRole('button', { name: `Sounds: ${String(name)}` })).toBeVisible()

  await phone.show('Chat')
  await page.getByRole('textbox', { name: 'Message' }).tap()
  await page.keyboard.type('hello from the bus')
  await phone.tap('Send')
  await expect(page.getByRole('log', { name: 'Chat' })).toContainText('hello from the bus')
})
