import type { Locator, Page } from '@playwright/test'
import { createJammer } from './jammer.ts'
import { expect, test } from './jammers.ts'
import { isLong } from './long.ts'

/** No pointer is ever used here, and nothing is looked at but what a screen reader reads. */

const MOST_STOPS = 120
const MOST_UNDOS = 30

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}
const times = (count: number, key: string): readonly string[] =>
  Array.from({ length: count }, () => key)

/** Goes on by Tab until that has the focus. */
async function tabTo(target: Locator): Promise<void> {
  const page = target.page()
  await target.waitFor()
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${String(target)} must be reached by ${MOST_STOPS} stops, and was not`)
}

async function pressOn(target: Locator): Promise<void> {
  await tabTo(target)
  await target.page().keyboard.press('Enter')
}

const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: true })
const cell = (page: Page): Locator => page.getByRole('grid').getByRole('gridcell')
const row = (name: string): string => `
  - row:
    - gridcell "${name}"`

/** What is read of the cell with the focus, and of the grid that it is in. */
const expectCell = (page: Page, grid: string, name: string): Promise<void> =>
  expect(page.getByRole('grid')).toMatchAriaSnapshot(`- grid "${grid}":${row(name)}`)

async function enter(page: Page, name: string, go: string): Promise<void> {
  await tabTo(page.getByRole('textbox', { name: 'Your name' }))
  await press(page, 'ControlOrMeta+a')
  await page.keyboard.type(name)
  await pressOn(button(page, go))
  await page.getByRole('group', { name: 'Tool' }).waitFor()
}

test('by keys alone a groove is made, shared and undone, and read by the other', async ({
  stage,
  server,
}) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  // A hundred stops of the Tab key take their time on a busy machine.
  test.setTimeout(240_000)
  const context = await stage.browserOf('ana', false)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { page } = await stage.tabOf(context, 'ana')
  await page.goto(server.url)
  await enter(page, 'ana', 'Start a private jam')

  // A chord that is broken, and a note that lasts.
  await tabTo(cell(page))
  await press(page, 'Enter', ...times(4, 'ArrowRight'), ...times(4, 'ArrowUp'), 'Enter')
  await press(page, ...times(4, 'ArrowRight'), ...times(3, 'ArrowUp'), 'Enter')
  await press(page, ...times(3, 'Shift+ArrowRight'))
  await expectCell(page, 'Piano roll of ana', 'G4, step 9, velocity 100, length 4')

  const sounds = page
    .getByRole('group', { name: 'Sounds' })
    .getByRole('button', { name: /^Sounds/ })
  await pressOn(sounds)
  const offers = page.getByRole('listbox', { name: 'Sounds' })
  await expect(offers).toBeFocused()
  await press(page, 'ArrowDown', 'ArrowRight')
  const chosen = await offers.getByRole('option', { selected: true }).textContent()
  await press(page, 'Enter')
  await expect(sounds).toBeFocused()
  await expect(sounds).not.toHaveAccessibleName('Sounds: Init')
  const sound = (await sounds.textContent())?.trim() ?? ''
  expect(chosen).toContain(sound)

  await tabTo(page.getByRole('spinbutton', { name: 'Tempo' }))
  await page.keyboard.type('97')
  await press(page, 'Enter')

  await pressOn(button(page, 'Add drums'))
  await expect(page.getByRole('grid', { name: 'Drums of Drums' })).toBeVisible()
  await tabTo(cell(page))
  await press(page, 'Home', 'Enter', ...times(8, 'ArrowRight'), 'Enter')
  await expectCell(page, 'Drums of Drums', 'Kick, step 9, velocity 100')

  await pressOn(button(page, 'Copy invite'))
  await expect(page.getByText('Invite copied')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())

  const bo = createJammer((await stage.tabOf(await stage.browserOf('bo', false), 'bo')).page, 'bo')
  await bo.page.goto(link)
  await enter(bo.page, 'bo', 'Join the jam')
  await expect(bo.page.getByRole('region', { name: 'Tracks' })).toMatchAriaSnapshot(`
    - region "Tracks":
      - region "Your track"
      - region "Track of ana"
      - region "Track of Drums"
  `)
  await expect(bo.page.getByRole('group', { name: 'Transport' })).toMatchAriaSnapshot(`
    - group "Transport":
      - group "Beats per minute":
        - spinbutton "Tempo": "97"
  `)
  await pressOn(button(bo.page, "Edit Drums's track"))
  await tabTo(cell(bo.page))
  await expectCell(bo.page, 'Drums of Drums', 'Kick, step 1, velocity 100')
  await pressOn(button(bo.page, "Edit ana's track"))
  await expect(button(bo.page, `Sounds: ${sound}`)).toBeVisible()
  await tabTo(cell(bo.page))
  await press(bo.page, ...times(8, 'ArrowRight'), ...times(7, 'ArrowUp'))
  await expectCell(bo.page, 'Piano roll of ana', 'G4, step 9, velocity 100, length 4')

  const undo = button(page, 'Undo last edit')
  for (let count = 0; count < MOST_UNDOS && (await undo.isEnabled()); count++)
    await press(page, 'ControlOrMeta+z')
  await expect(undo).toBeDisabled()
  await expectCell(bo.page, 'Piano roll of ana', 'G4, step 9, empty')
  await expect(bo.page.getByRole('region', { name: 'Track of Drums' })).toBeHidden()
})
