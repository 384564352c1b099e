import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { type Jammer } from './jammer.ts'
import { expect, test } from './jammers.ts'
import { isLong } from './long.ts'

/** Every screen in both themes, by the rules of WCAG 2.2 A and AA that a machine can judge. */

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const THEMES = ['dark', 'light'] as const
const WIDE = { width: 1280, height: 900 }
const PHONE = { width: 390, height: 844 }

test.use({ viewport: WIDE })
// It looks at each element of the page: on a busy machine that takes its time.
test.setTimeout(150_000)

/** Of what axe looks for, only contrast can differ between the themes. */
async function expectNothing(page: Page, screen: string): Promise<void> {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    // Without the page that it would else open for its sums.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    const asked = colorScheme === 'dark' ? axe.withTags(RULES) : axe.withRules('color-contrast')
    const { violations } = await asked.analyze()
    const found = violations.map(({ id, nodes }) => ({
      rule: id,
      at: nodes.slice(0, 4).map(({ target, failureSummary }) => [target.join(' '), failureSummary]),
    }))
    expect(found, `${screen}, ${colorScheme}`).toEqual([])
  }
}

const press = ({ page }: Jammer, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).and(page.locator(':visible')).first().click()

test('axe finds nothing in the lobby and before an invite', async ({ page, server }) => {
  await page.goto(server.url)
  // It comes beside the way into a jam, a moment later.
  await page.getByRole('radio', { name: 'Light' }).waitFor()
  await expectNothing(page, 'lobby')
  await page.setViewportSize(PHONE)
  await expectNothing(page, 'lobby on a phone')
  await page.goto(`${server.url}/jam#kitchen`)
  await page.getByRole('button', { name: 'Join the jam' }).waitFor()
  await expectNothing(page, 'invite on a phone')
})

test('axe finds nothing in a jam, its sound panel and its mixer', async ({ jammers }) => {
  const [ana] = await jammers(1)
  await press(ana, 'Start with a groove')
  await ana.stop()
  await ana.say('hello')
  await expectNothing(ana.page, 'jam')
  await ana.page.getByRole('tab', { name: 'Effects' }).click()
  await press(ana, /^Sounds: /)
  await ana.page.getByRole('listbox', { name: 'Sounds' }).waitFor()
  await expectNothing(ana.page, 'sounds')
  await press(ana, 'Cancel')
  await press(ana, 'Mixer')
  await ana.page.getByRole('region', { name: 'Mixer' }).waitFor()
  await expectNothing(ana.page, 'mixer')
})

test('axe finds nothing in what opens over a jam', async ({ jammers }) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  const [ana] = await jammers(1)
  await press(ana, 'Start empty')
  await press(ana, /details$/)
  await ana.page.getByRole('radio', { name: 'Nobody new' }).waitFor()
  await expectNothing(ana.page, 'people')
  await ana.page.keyboard.press('Escape')
  await press(ana, 'Timing')
  await ana.page.getByRole('button', { name: 'Play clicks' }).waitFor()
  await expectNothing(ana.page, 'timing')
  await ana.page.keyboard.press('Escape')
  await ana.page.keyboard.press('Shift+?')
  await ana.page.getByRole('dialog').waitFor()
  await expectNothing(ana.page, 'connection details')
  await ana.page.keyboard.press('Escape')
  await ana.toggle(60, 1)
  await press(ana, 'Riffs')
  const riffs = ana.page.getByRole('dialog', { name: 'Riffs' })
  await riffs.getByRole('button', { name: 'Keep this riff' }).click()
  await riffs.getByLabel(/^More for/).click()
  await riffs.getByText('How it was written').click()
  await riffs.getByRole('slider', { name: 'Moment' }).waitFor()
  await expectNothing(ana.page, 'riffs')
  await riffs.getByRole('article').getByRole('button', { name: 'Listen' }).click()
  await ana.page.keyboard.press('Escape')
  await expectNothing(ana.page, 'a riff that is heard alone')
})

test('axe finds nothing where people play by hand and take the music home', async ({ jammers }) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  const [ana] = await jammers(1)
  await press(ana, 'Start with a groove')
  await ana.stop()
  await press(ana, 'Play live')
  await ana.page.getByRole('region', { name: /^Play / }).waitFor()
  await expectNothing(ana.page, 'keys')
  for (const sheet of ['MIDI file', 'Export audio']) {
    await press(ana, sheet)
    await expect(ana.page.getByRole('dialog'), sheet).toBeVisible()
    await expectNothing(ana.page, sheet)
    await ana.page.keyboard.press('Escape')
  }
  await ana.page.keyboard.press('Control+k')
  await ana.page.getByRole('dialog').waitFor()
  await expectNothing(ana.page, 'commands')
})

test('axe finds nothing where two people take turns, nor beside the groove of another', async ({
  jammers,
}) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  const [ana, bo] = await jammers(2)
  await ana.toggle(60, 1)
  await bo.toggle(60, 2)
  await ana.page.getByRole('region', { name: 'Track of bo' }).waitFor()
  await press(ana, 'Edit notes')
  await ana.page.getByRole('button', { name: 'Lay it on' }).waitFor()
  await expectNothing(ana.page, 'groove')
  await ana.page.keyboard.press('Escape')
  await press(ana, 'Take turns')
  await ana.page.getByRole('button', { name: 'Start', exact: true }).click()
  await ana.play()
  await press(ana, 'Take turns')
  await ana.page.getByText('in the spotlight').first().waitFor()
  await expectNothing(ana.page, 'turns')
  await ana.page.setViewportSize(PHONE)
  await expectNothing(ana.page, 'turns on a phone')
})

test('axe finds nothing in a jam on a phone', async ({ jammers }) => {
  const [ana] = await jammers(1)
  await press(ana, 'Start with a groove')
  await ana.stop()
  await ana.page.setViewportSize(PHONE)
  for (const pane of ['Notes', 'Sound', 'Tracks', 'Mixer', 'Chat']) {
    const tabs = ana.page.getByRole('navigation', { name: 'Parts of the jam' })
    await tabs.getByRole('button', { name: pane }).click()
    if (pane === 'Mixer') await ana.page.getByRole('region', { name: 'Mixer' }).waitFor()
    await expectNothing(ana.page, `${pane} on a phone`)
  }
})
