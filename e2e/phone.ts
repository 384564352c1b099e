import type { CDPSession, Locator, Page } from '@playwright/test'
import type { Jammer } from './jammer.ts'
import { test as base } from './jammers.ts'

export { expect } from './jammers.ts'

export interface Spot {
  readonly x: number
  readonly y: number
}

/** Somebody in a jam of their own on a phone, who has nothing but a thumb. */
export interface Phone {
  readonly jammer: Jammer
  readonly page: Page
  /** Taps the button of that name. */
  tap(name: string | RegExp): Promise<void>
  /** Opens one of the parts of the jam. */
  show(pane: 'Notes' | 'Sound' | 'Tracks' | 'Mixer' | 'Chat'): Promise<void>
  /** The middle of a cell of the open roll, which is brought into sight, and how wide it is. */
  cell(
    pitch: number,
    step: number,
  ): Promise<Spot & { readonly width: number; readonly height: number }>
  tapAt(spot: Spot): Promise<void>
  /** Lays the thumb there until that can be seen. */
  hold(spot: Spot, until: Locator): Promise<void>
  drag(from: Spot, to: Spot): Promise<void>
}

const MOVES = 6

export const test = base.extend<{ readonly phone: Phone }>({
  phone: async ({ browser, server, stage }, use) => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      hasTouch: true,
      isMobile: true,
    })
    const jammer = await stage.tabOf(context, 'ana')
    await jammer.page.goto(server.url)
    await jammer.startJam()
    await jammer.page.getByRole('button', { name: 'Start empty' }).tap()
    await jammer.page.getByRole('group', { name: 'Tool' }).waitFor()
    await use(phoneOf(jammer, await context.newCDPSession(jammer.page)))
    await context.close()
  },
})

function phoneOf(jammer: Jammer, cdp: CDPSession): Phone {
  const { page } = jammer
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Spot[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints })

  return {
    jammer,
    page,
    async tap(name) {
      await page
        .getByRole('button', { name, exact: true })
        .and(page.locator(':visible'))
        .first()
        .tap()
    },
    async show(pane) {
      const panes = page.getByRole('navigation', { name: 'Parts of the jam' })
      await panes.getByRole('button', { name: pane }).tap()
    },
    async cell(pitch, step) {
      await jammer.place(pitch, step)
      const box = await page.getByRole('grid').getByRole('gridcell').boundingBox()
      if (box === null) throw new Error('the cell with the focus must be on the page')
      const { x, y, width, height } = box
      return { x: x + width / 2, y: y + height / 2, width, height }
    },
    tapAt: ({ x, y }) => page.touchscreen.tap(x, y),
    async hold(spot, until) {
      await touch('touchStart', spot)
      await until.waitFor()
      await touch('touchEnd')
    },
    async drag(from, to) {
      await touch('touchStart', from)
      for (let move = 1; move <= MOVES; move++) {
        const share = move / MOVES
        const x = from.x + (to.x - from.x) * share
        const y = from.y + (to.y - from.y) * share
        await touch('touchMove', { x, y })
      }
      await touch('touchEnd')
    },
  }
}
