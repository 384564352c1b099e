import type { Page } from '@playwright/test'
import { expect, test } from './jammers.ts'

/** More stops than the page has. */
const MOST_STOPS = 80
const C4 = 'C4, step'

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}
const times = (count: number, key: string): readonly string[] =>
  Array.from({ length: count }, () => key)
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first()

/** Finds a command by its name and does it. */
async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  const field = page.getByRole('combobox', { name: 'Find a command' })
  await expect(field).toBeFocused()
  await page.keyboard.type(name)
  const found = page.getByRole('listbox', { name: 'Commands' })
  await expect(found.getByRole('option', { selected: true })).toContainText(name)
  await page.keyboard.press('Enter')
  await expect(field).toBeHidden()
}

/** Goes on by Tab until the notes have the focus. */
async function tabToNotes(page: Page): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab')
    const role = await page.evaluate(() => document.activeElement?.getAttribute('role'))
    if (role === 'gridcell') return
  }
  throw new Error(`the notes must be reached by ${MOST_STOPS} stops, and were not`)
}

test('by keys alone commands are found by name and done, and the sheet tells all keys', async ({
  jammers,
}) => {
  const [{ page }] = await jammers(1)

  await command(page, 'Play')
  await expect(button(page, 'Stop')).toBeVisible()
  await command(page, 'Metronome')
  await expect(button(page, 'Timing')).toHaveAccessibleDescription(/metronome on/)
  await command(page, 'Mixer')
  await expect(page.getByRole('button', { name: 'Mixer', pressed: true })).toBeVisible()
  await press(page, 'x', 'm')
  await expect(page.getByRole('grid', { name: /^Piano roll of/ })).toBeVisible()
  await expect(button(page, 'Timing')).toHaveAccessibleDescription(/metronome off/)

  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keys' })
  const keysOf = (group: string) => sheet.getByRole('region', { name: group })
  await expect(keysOf('Playing').getByRole('term')).toContainText(['Play or stop', 'Panic'])
  await expect(keysOf('Playing').getByRole('definition')).toContainText(['Space', '.'])
  await expect(keysOf('Help').getByRole('definition')).toContainText(['K', '?'])
  await expect(keysOf('In the notes').getByRole('definition')).toContainText(['Enter', 'Delete'])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('by keys alone a beat is written, played and silenced', async ({ jammers }) => {
  const [{ page }] = await jammers(1)
  const cell = page.getByRole('grid').getByRole('gridcell')

  await tabToNotes(page)
  await expect(cell).toHaveAccessibleName(new RegExp(`^${C4} 1,`))
  // One note for the whole loop, and the backbeats above it.
  await press(page, 'Enter', ...times(15, 'Shift+ArrowRight'))
  await expect(cell).toHaveAccessibleName(/length 16$/)
  await press(
    page,
    'PageUp',
    ...times(4, 'ArrowRight'),
    'Enter',
    ...times(8, 'ArrowRight'),
    'Enter',
  )
  await expect(cell).toHaveAccessibleName(/^C5, step 13, velocity 100/)
  await press(page, ...times(8, 'ArrowLeft'))
  await expect(cell).toHaveAccessibleName(/^C5, step 5, velocity 100/)

  await command(page, 'Play')
  await press(page, 'x')
  const voices = page.getByTitle('How many notes sound at this moment').getByRole('definition')
  await expect(voices).toContainText(/^[1-9]/)
  await expect(async () => {
    await page.keyboard.press('.')
    await expect(voices).toContainText(/^0/, { timeout: 700 })
  }).toPass()
  await expect(button(page, 'Stop')).toBeVisible()
  await expect(voices).toContainText(/^[1-9]/)
})
