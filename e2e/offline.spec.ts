import type { Page } from '@playwright/test'
import { recorded, startRecording, stopRecording } from './capture.ts'
import { expect, test as base } from './jammers.ts'
import { notesIn } from './listen.ts'
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
