import type { Locator, Page } from '@playwright/test'
import type { Jammer } from './jammer.ts'
import { expect, test } from './jammers.ts'

const C4 = 60
const E4 = 64
const WRITTEN = /^velocity 100, length 1/

const button = ({ page }: Jammer, name: string) => page.getByRole('button', { name, exact: true })
const notesOf = ({ page }: Jammer, who: string) =>
  page.getByRole('region', { name: `Notes of ${who}`, exact: true })

/** Chooses something about somebody, in the list of people. */
async function about(jammer: Jammer, who: string, what: string): Promise<void> {
  await jammer.page.getByRole('button', { name: '2 people, details' }).click()
  await button(jammer, `Options for ${who}`).click()
  await button(jammer, what).click()
}

/** When a page first shows a reaction of somebody's, on the clock that both pages share; ms. */
async function watchReaction(page: Page): Promise<() => Promise<number>> {
  const seen = await page.evaluateHandle(() => {
    const wait = new Promise<number>((resolve) => {
      const look = (): void => {
        const isThere = document.querySelector('.layer .reaction') !== null
        if (isThere) resolve(performance.timeOrigin + performance.now())
        else requestAnimationFrame(look)
      }
      look()
    })
    return { wait }
  })
  return () => seen.evaluate(({ wait }) => wait)
}

test('a reaction is seen by both at one moment, and said', async ({ jammers }) => {
  const [ana, bo] = await jammers(2)
  await ana.play()
  await expect(button(bo, 'Stop')).toBeVisible()
  const seen = [await watchReaction(ana.page), await watchReaction(bo.page)] as const

  await button(ana, 'Fire').click()

  const [anas, bos] = await Promise.all(seen.map((when) => when()))
  // Each page looks once a frame, and both share two cores with a browser each.
  expect(Math.abs((anas ?? 0) - (bos ?? Infinity))).toBeLessThan(250)
  const said = ({ page }: Jammer): Locator => page.getByRole('status', { name: 'Reactions' })
  await expect(said(bo)).toContainText('ana: Fire')
  await expect(said(ana)).not.toContainText('Fire')
})

test('who is hidden is neither read nor heard here, until they are shown again', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await bo.toggle(C4, 1)
  await bo.say('take five')
  await expect(ana.chat).toContainText('take five')

  await about(ana, 'bo', 'Hide for me')
  await expect(ana.person('bo')).toContainText('hidden for you')
  await expect(ana.chat).not.toContainText('take five')
  await bo.say('still here')
  await ana.reload()
  await expect(ana.page.getByRole('button', { name: "Edit bo's track" })).toBeVisible()
  await expect(ana.chat).not.toContainText('still here')
  await about(ana, 'bo', 'Show again')

  await expect(ana.chat).toContainText('take five')
  await expect(ana.chat).toContainText('still here')
  await expect(bo.person('ana')).not.toContainText('hidden')
})

test('whoever follows sees the track that is open there, and where it is pointed, until Escape', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await ana.toggle(C4, 1)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)
  await bo.openTrack('bo')

  await about(bo, 'ana', 'Follow ana')
  await expect(notesOf(bo, 'ana')).toBeVisible()
  await expect(button(bo, 'Following ana – stop')).toBeVisible()
  await button(ana, 'Pattern C, empty').click()
  await expect(bo.page.getByRole('button', { name: 'Pattern C, empty' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await bo.page.keyboard.press('Escape')

  await expect(button(bo, 'Following ana – stop')).toBeHidden()
  await button(ana, 'Pattern D, empty').click()
  await expect(bo.page.getByRole('button', { name: 'Pattern C, empty' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
})

test('a note that somebody else writes is ringed here, and what they select outlined', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await ana.toggle(C4, 1)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)
  const ring = bo.page.locator('.frame.edited')

  await Promise.all([ring.waitFor(), ana.toggle(E4, 3)])
  await expect(ring).toHaveCount(0)
  await ana.page.keyboard.press('Control+a')

  await expect(bo.page.locator('.frame.selected')).toHaveCount(2)
})

test('whoever is new is led through three steps, which go when all are done', async ({
  jammers,
}) => {
  const [ana] = await jammers(1)
  const steps = ana.page.getByRole('region', { name: 'First steps' })
  const next = steps.locator('[aria-current=step]')
  await expect(next).toContainText('Write a note')

  await ana.toggle(C4, 1)
  await expect(next).toContainText('Press play')
  await ana.play()
  await expect(next).toContainText('Invite a friend')
  await button(ana, 'Copy invite').click()
  await expect(ana.page.getByRole('img', { name: 'QR code of the invite link' })).toBeVisible()
  await expect(steps).toBeHidden()

  await ana.reload()
  await expect(ana.page.getByRole('grid')).toBeVisible()
  await expect(steps).toBeHidden()
})
