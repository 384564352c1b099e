import { expect, test } from './crowd.ts'

test('look', async ({ stage, ownServer, browser }) => {
  test.setTimeout(300_000)
  const ana = await stage.tabOf(await stage.browserOf('ana', false), 'ana')
  await ana.page.goto(ownServer.url)
  await ana.startJam()
  const written = ana.page.waitForResponse((r) => r.request().method() === 'PUT')
  for (const step of [1, 5, 9]) await ana.toggle(60, step)
  await written
  const link = ana.link()
  await ana.page.getByRole('button', { name: 'Leave' }).click()
  await expect(ana.page.getByRole('button', { name: 'Start a private jam' })).toBeVisible()
  for (const [name, width, height, scheme] of [
    ['wide', 1440, 900, 'dark'],
    ['phone', 390, 844, 'light'],
  ] as const) {
    await ana.page.emulateMedia({ colorScheme: scheme })
    await ana.page.setViewportSize({ width, height })
    await ana.page.getByRole('button', { name: /^Forget/ }).first().click()
    await ana.page.screenshot({ path: `/tmp/look-${name}-forget.png` })
    await ana.page.getByRole('button', { name: 'Keep it' }).click()
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, hasTouch: width < 500 })
    const page = await context.newPage()
    await page.goto(link)
    await page.getByRole('textbox', { name: 'Your name' }).fill('bo')
    await page.getByRole('button', { name: 'Join the jam' }).click()
    await expect(page.getByText(/This jam is back/)).toBeVisible()
    await page.waitForTimeout(500)
    await page.screenshot({ path: `/tmp/look-${name}-back.png` })
    await page.getByRole('button', { name: /person, details|people, details/ }).click()
    await page.getByRole('button', { name: 'Delete this jam…' }).click()
    await page.waitForTimeout(500)
    await page.getByRole('button', { name: 'Delete for good' }).scrollIntoViewIfNeeded()
    await page.screenshot({ path: `/tmp/look-${name}-delete.png` })
    await page.getByRole('button', { name: /person, details|people, details/ }).click()
    await page.getByRole('button', { name: 'Leave' }).or(page.getByRole('button', { name: 'More' })).first().click()
    await context.close()
  }
})
