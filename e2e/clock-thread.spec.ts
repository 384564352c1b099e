import { isLong } from './long.ts'
import type { Browser } from '@playwright/test'
import { clockThreads, forbidTransfer, keepBusy, nextTrips, watchClock } from './clock-watch.ts'
import { enter } from './crowd.ts'
import { spreadWords, tell } from './jam-sound.ts'
import type { Jammer } from './jammer.ts'
import { allLinked, expect, type Stage, test } from './jammers.ts'
import { type Spread, spreadOf } from './stats.ts'

const C4 = 60
const TRIPS = 25

// A trace of two busy pages takes much of the time that is measured here.
test.use({ trace: 'off' })
test.describe.configure({ timeout: 180_000 })

/** The page's own policy holds here: whether it lets the thread load is asked too. */
async function clockTab(
  browser: Browser,
  stage: Stage,
  name: string,
  script?: () => void,
): Promise<Jammer> {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  if (script !== undefined) await context.addInitScript(script)
  await context.addInitScript(watchClock)
  return stage.tabOf(context, name)
}

const ownersOf = ({ page }: Jammer): Promise<readonly string[] | undefined> =>
  page.evaluate(() => window.testClock?.owners())

async function expectJam(people: readonly [Jammer, Jammer]): Promise<void> {
  const [ana, bo] = people
  await allLinked(people)
  await ana.toggle(C4, 1)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(/^velocity/)
  for (const jammer of people) await expect(jammer.sync).toContainText(/ms/, { timeout: 20_000 })
}

test('a thread of their own has the clock lanes, and ends with the jam', async ({
  browser,
  stage,
  server,
}) => {
  const [ana, bo] = [await clockTab(browser, stage, 'ana'), await clockTab(browser, stage, 'bo')]
  await enter(ana, server.url)
  await enter(bo, server.url, ana)
  await expectJam([ana, bo])

  for (const jammer of [ana, bo]) {
    expect(clockThreads(jammer.page)).toBe(1)
    expect(await ownersOf(jammer)).not.toContain('page')
    expect(spreadOf(await nextTrips(jammer.page, 3)).p50).toBeGreaterThan(0)
  }

  for (let times = 0; times < 2; times++) {
    await bo.page.getByRole('button', { name: 'Leave', exact: true }).click()
    await expect.poll(() => clockThreads(bo.page)).toBe(0)
    await bo.join(ana.link())
    await expect.poll(() => clockThreads(bo.page)).toBe(1)
  }
  await allLinked([ana, bo])
  for (const { page } of [ana, bo]) await page.context().close()
})

test('where no data channel can be transferred, the page carries the clock lanes itself', async ({
  browser,
  stage,
  server,
}) => {
  const ana = await clockTab(browser, stage, 'ana', forbidTransfer)
  const bo = await clockTab(browser, stage, 'bo')
  await enter(ana, server.url)
  await enter(bo, server.url, ana)
  await expectJam([ana, bo])

  expect(clockThreads(ana.page)).toBe(0)
  expect(await ownersOf(ana)).not.toContain('thread')
  expect(await ownersOf(bo)).not.toContain('page')
  expect(spreadOf(await nextTrips(ana.page, 3)).p50).toBeGreaterThan(0)
  for (const { page } of [ana, bo]) await page.context().close()
})

test('a thread that does not load loses nobody a link', async ({ browser, stage, server }) => {
  const [ana, bo] = [await clockTab(browser, stage, 'ana'), await clockTab(browser, stage, 'bo')]
  await ana.page.route(/clock-thread-worker/, (route) => route.abort())
  await enter(ana, server.url)
  await enter(bo, server.url, ana)

  await expectJam([ana, bo])

  expect(clockThreads(ana.page)).toBe(0)
  for (const { page } of [ana, bo]) await page.context().close()
})

test('round trips hardly wait for pages that are busy, where a thread has the clock lanes', async ({
  browser,
  stage,
  server,
}) => {
  test.skip(!isLong, 'npm run stress -- clock plays it')
  const busyTrips = async (script?: () => void): Promise<Spread> => {
    const ana = await clockTab(browser, stage, 'ana', script)
    const bo = await clockTab(browser, stage, 'bo', script)
    await enter(ana, server.url)
    await enter(bo, server.url, ana)
    await allLinked([ana, bo])
    for (const { page } of [ana, bo]) await keepBusy(page)
    const trips = await Promise.all([ana, bo].map(({ page }) => nextTrips(page, TRIPS)))
    for (const { page } of [ana, bo]) await page.context().close()
    return spreadOf(trips.flat())
  }

  const byThread = await busyTrips()
  const byPage = await busyTrips(forbidTransfer)

  tell(`round trips of busy pages by a thread: ${spreadWords(byThread)}`)
  tell(`round trips of busy pages by the pages: ${spreadWords(byPage)}`)
  expect(byThread.p50).toBeLessThan(byPage.p50)
})
