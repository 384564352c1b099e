import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { recorded, startRecording, stopRecording } from './capture.ts'
import { allLinked, expect, test as base } from './jammers.ts'
import { notesIn } from './listen.ts'
import { isLong } from './long.ts'
import { copyOfPage } from './next-build.ts'
import { startTestServer } from './server.ts'

const C4 = 60
const WRITTEN = /^velocity/
const OFFLINE = 'You are offline. You play alone; others come back when the network does.'

/** With a server for each test, since it is killed. */
const test = base.extend<{ readonly ownServer: Awaited<ReturnType<typeof startTestServer>> }>({
  ownServer: async ({}, use) => {
    const server = await startTestServer()
    await use(server)
    await server.close()
  },
})

/** Resolves when the browser has the whole page and answers for it. */
async function pageIsKept(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const { active } = await navigator.serviceWorker.ready
    return active?.state === 'activated' && navigator.serviceWorker.controller !== null
  })
}

/** How many bytes of what was written out of reach are on this browser's disk. */
const keptAside = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const name = databases.find((each) => each.name?.startsWith('beatcord/offline/'))?.name
    if (name === undefined) return 0
    const opening = indexedDB.open(name)
    await new Promise((resolve) => {
      opening.onsuccess = resolve
    })
    const reading = opening.result.transaction('updates').objectStore('updates').getAll()
    await new Promise((resolve) => {
      reading.onsuccess = resolve
    })
    opening.result.close()
    const updates = reading.result as readonly Uint8Array[]
    return updates.reduce((sum, update) => sum + update.length, 0)
  })

/** More than a document that has nothing in it. */
const SONG_BYTES = 100

test('the page can be installed: a manifest with icons, and a worker in charge after a reload', async ({
  stage,
  server,
}) => {
  const context = await stage.browserOf('ana', false)
  const ana = await stage.tabOf(context, 'ana')
  await ana.page.goto(server.url)
  const devtools = await context.newCDPSession(ana.page)

  const { errors, data = '{}' } = await devtools.send('Page.getAppManifest')
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')

  expect(errors).toEqual([])
  // Where nobody signed in a browser cannot tell what is installed.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito'])
  const manifest = JSON.parse(data) as {
    readonly icons: readonly { readonly src: string; readonly purpose: string }[]
  }
  expect(manifest).toMatchObject({ name: 'Beatcord', display: 'standalone', start_url: '/' })
  expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable')
  for (const { src } of manifest.icons) {
    const icon = await ana.page.request.get(new URL(src, server.url).href)
    expect(icon.status(), src).toBe(200)
    expect(icon.headers()['content-type'], src).toMatch(/^image\//)
  }

  await ana.startJam()
  await pageIsKept(ana.page)
  await ana.reload()
  expect(await ana.page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toBe(
    `${server.url}/service-worker.js`,
  )
  expect(await ana.page.evaluate(() => crossOriginIsolated), 'fine clocks need it').toBe(true)
})

test('a new build is taken by a reload and not before: until then an open jam has its own files', async ({
  stage,
}) => {
  test.skip(!isLong, 'npm run stress -- rooms plays it')
  test.setTimeout(120_000)
  const copy = await copyOfPage()
  const server = await startTestServer({ CLIENT_DIR: copy.folder })
  const context = await stage.browserOf('ana', false)
  const ana = await stage.tabOf(context, 'ana')
  await ana.page.goto(server.url)
  await ana.startJam()
  await ana.toggle(C4, 1)
  await pageIsKept(ana.page)
  const link = ana.link()

  await server.kill()
  const gone = await copy.renew('Beatcord, the next', 'certificate-check')
  await server.start()
  const waiting = ana.page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    await registration?.update()
    return registration?.waiting?.state === 'installed'
  })
  await waiting

  await expect(ana.page, 'nothing was loaded anew').toHaveTitle('Beatcord')
  const statusOf = (path: string): Promise<number> =>
    ana.page.evaluate(async (asked) => (await fetch(asked)).status, path)
  expect(await statusOf(gone), 'still kept').toBe(200)
  expect((await ana.page.request.get(server.url + gone)).status(), 'though it is gone').toBe(404)

  await ana.reload()

  await expect(ana.page).toHaveTitle('Beatcord, the next')
  await expect.poll(() => ana.place(C4, 1)).toMatch(WRITTEN)
  await ana.page.close()
  const later = await stage.tabOf(context, 'ana')
  await later.page.goto(link)
  const builds = (): Promise<readonly string[]> => later.page.evaluate(() => caches.keys())
  await expect.poll(builds, 'nobody uses the one before').toEqual(['beatcord/page/next'])
  await server.kill()
  await context.setOffline(true)
  await later.page.reload()
  await expect(later.page).toHaveTitle('Beatcord, the next')
  await server.close()
  await copy.remove()
})

test('without a network a kept jam opens, says so and is heard; the network back, it joins by itself', async ({
  stage,
  ownServer,
}) => {
  test.setTimeout(120_000)
  const context = await stage.browserOf('ana')
  const ana = await stage.tabOf(context, 'ana')
  await ana.page.goto(ownServer.url)
  await ana.startJam()
  await ana.toggle(C4, 1)
  await pageIsKept(ana.page)
  await expect.poll(() => ana.place(C4, 1)).toMatch(WRITTEN)

  await ownServer.kill()
  await context.setOffline(true)
  await ana.page.goto('about:blank')
  await ana.page.goto(`${ownServer.url}/`)
  await ana.page.getByRole('region', { name: 'Recent jams' }).getByRole('link').click()

  await expect(ana.page.getByText(OFFLINE)).toBeVisible({ timeout: 5000 })
  await expect(ana.connection).toHaveText('Offline')
  expect(await ana.page.evaluate(() => crossOriginIsolated), 'as from the server').toBe(true)
  await expect.poll(() => ana.place(C4, 1), 'the kept track is hers').toMatch(WRITTEN)
  await ana.play()
  await startRecording(ana.page)
  await recorded(ana.page, 4.5)
  const notes = notesIn(await stopRecording(ana.page))
  expect(notes.length, 'a loop of two seconds with one note').toBeGreaterThanOrEqual(2)
  expect(notes[0]?.pitch).toBe(C4)

  await ownServer.start()
  await context.setOffline(false)

  await expect(ana.connection).toHaveText('Connected', { timeout: 20_000 })
  await expect(ana.page.getByText(OFFLINE)).toBeHidden()
})

test('written offline, it is tried and added when the others are back: until then their song is as it was', async ({
  stage,
  ownServer,
}) => {
  test.skip(!isLong, 'npm run stress -- rooms plays it')
  test.setTimeout(180_000)
  const context = await stage.browserOf('ana')
  const ana = await stage.tabOf(context, 'ana')
  const bo = await stage.tabOf(await stage.browserOf('bo'), 'bo')
  await ana.page.goto(ownServer.url)
  await ana.startJam()
  await ana.toggle(C4, 1)
  await bo.join(ana.link())
  await allLinked([ana, bo])
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)
  await pageIsKept(ana.page)
  const link = ana.link()

  // A link needs no network of the browser's: it goes with the page.
  await ana.page.goto('about:blank')
  await context.setOffline(true)
  await ana.page.goto(link)
  await ana.arrive()
  await expect(ana.page.getByText(OFFLINE)).toBeVisible({ timeout: 10_000 })
  // A page that starts out of reach writes into a song of its own, after a while.
  await expect.poll(() => keptAside(ana.page), { timeout: 20_000 }).toBeGreaterThan(SONG_BYTES)
  for (const step of [5, 7]) {
    const before = await keptAside(ana.page)
    await ana.toggle(C4, step)
    await expect.poll(() => keptAside(ana.page)).toBeGreaterThan(before)
  }
  // A reload offline loses nothing of it.
  await ana.reload()
  await expect.poll(() => ana.place(C4, 7), { timeout: 15_000 }).toMatch(WRITTEN)
  await bo.toggle(C4, 9)

  await context.setOffline(false)

  const offer = ana.page.getByRole('region', { name: 'What you wrote offline' })
  await expect(offer).toContainText('you wrote 2 notes', { timeout: 40_000 })
  await expect.poll(() => ana.place(C4, 9), 'theirs is what plays').toMatch(WRITTEN)
  expect(await ana.place(C4, 5)).not.toMatch(WRITTEN)
  expect(await bo.place(C4, 5)).not.toMatch(WRITTEN)

  const axe = new AxeBuilder({ page: ana.page })
    .setLegacyMode()
    .include('[aria-label="What you wrote offline"]')
  expect((await axe.analyze()).violations.map(({ id }) => id)).toEqual([])

  await ana.play()
  await expect(bo.page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible()
  await offer.getByRole('button', { name: 'Listen' }).click()
  await bo.page.waitForTimeout(1000)
  for (const [who, count] of [
    [ana, 4],
    [bo, 2],
  ] as const) {
    await startRecording(who.page)
    await recorded(who.page, 4.6)
    const heard = notesIn(await stopRecording(who.page)).length
    expect(heard, `${who.name} hears so many notes in two loops`).toBeGreaterThanOrEqual(2 * count)
    expect(heard).toBeLessThanOrEqual(3 * count)
  }
  expect(await bo.place(C4, 5)).not.toMatch(WRITTEN)
  await offer.getByRole('button', { name: 'Add to the jam' }).click()

  for (const step of [1, 5, 7, 9]) {
    await expect.poll(() => bo.place(C4, step)).toMatch(WRITTEN)
    await expect.poll(() => ana.place(C4, step)).toMatch(WRITTEN)
  }
  await ana.page.getByRole('button', { name: 'Undo', exact: true }).click()
  for (const step of [5, 7]) {
    await expect.poll(() => bo.place(C4, step)).not.toMatch(WRITTEN)
    await expect.poll(() => ana.place(C4, step)).not.toMatch(WRITTEN)
  }
  for (const step of [1, 9]) expect(await bo.place(C4, step)).toMatch(WRITTEN)
})
