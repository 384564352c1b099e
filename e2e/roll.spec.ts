import type { Locator, Page } from '@playwright/test'
import { expect, test } from './jammers.ts'

const C4 = 60
const WRITTEN = /^velocity 100, length 1/

const grid = (page: Page): Locator => page.getByRole('grid')
const said = (page: Page): Locator => page.getByRole('status', { name: 'Piano roll' })
const tool = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })

/** The middle of the cell with the focus, on the page. */
async function cellOf(
  page: Page,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await grid(page).getByRole('gridcell').boundingBox()
  if (box === null) throw new Error('the cell with the focus must be on the page')
  return {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    width: box.width,
    height: box.height,
  }
}

test('what one draws, boxes, moves, transposes, duplicates and erases, the other sees', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  const { page } = ana
  await ana.place(C4, 3)
  const third = await cellOf(page)
  const { width, height } = third

  await page.mouse.click(third.x, third.y)
  await page.mouse.click(third.x + width, third.y - 2 * height)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 3)).toMatch(WRITTEN)
  await expect.poll(() => bo.place(C4 + 2, 4)).toMatch(WRITTEN)

  await tool(page, 'Select').click()
  await page.mouse.move(third.x - width, third.y + height)
  await page.mouse.down()
  await page.mouse.move(third.x + 1.4 * width, third.y - 3 * height, { steps: 4 })
  await page.mouse.up()
  await expect(said(page)).toHaveText('2 notes selected')

  await page.mouse.move(third.x, third.y)
  await page.mouse.down()
  await page.mouse.move(third.x + 2 * width, third.y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => bo.place(C4, 5)).toMatch(WRITTEN)
  expect(await bo.place(C4, 3)).toBe('empty')

  await page.keyboard.press('Shift+ArrowUp')
  await expect(said(page)).toHaveText('2 notes moved up an octave')
  await page.keyboard.press('Control+d')
  await expect.poll(() => bo.place(C4 + 12, 7)).toMatch(WRITTEN)
  await expect.poll(() => bo.place(C4 + 14, 8)).toMatch(WRITTEN)

  await page.keyboard.press('Delete')
  await expect.poll(() => bo.place(C4 + 12, 7)).toBe('empty')
  expect(await bo.place(C4 + 12, 5)).toMatch(WRITTEN)
  await ana.place(C4 + 12, 5)
  const left = await cellOf(page)
  await tool(page, 'Erase').click()
  await page.mouse.click(left.x, left.y)
  await expect.poll(() => bo.place(C4 + 12, 5)).toBe('empty')
  expect(await bo.place(C4 + 14, 6)).toMatch(WRITTEN)
})

test('notes are copied from one’s own track into the other person’s', async ({ jammers }) => {
  const [ana, bo] = await jammers(2)
  await ana.toggle(C4, 1)
  await ana.toggle(C4 + 4, 3)
  await bo.toggle(C4 - 12, 1)
  await ana.page.keyboard.press('Control+a')
  await ana.page.keyboard.press('Control+c')

  await ana.openTrack('bo')
  await ana.place(C4 + 1, 2)
  await ana.page.keyboard.press('Control+v')

  await expect.poll(() => bo.place(C4 + 1, 2)).toMatch(WRITTEN)
  await expect.poll(() => bo.place(C4 + 5, 4)).toMatch(WRITTEN)
})

test('on a phone a tap writes, a long press opens the details', async ({
  browser,
  server,
  stage,
}) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    bypassCSP: true,
  })
  const ana = await stage.tabOf(context, 'ana')
  await ana.page.goto(server.url)
  await ana.startJam()
  await ana.place(C4, 2)
  const { x, y } = await cellOf(ana.page)

  await ana.page.touchscreen.tap(x, y)
  await expect.poll(() => ana.place(C4, 2)).toMatch(WRITTEN)
  await expect(ana.page.getByRole('button', { name: 'Delete note' })).toBeHidden()

  const cdp = await context.newCDPSession(ana.page)
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
  await expect(ana.page.getByRole('button', { name: 'Delete note' })).toBeVisible()
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  expect(await ana.place(C4, 2)).toMatch(WRITTEN)
  await context.close()
})
