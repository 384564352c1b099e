import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { recorded, startRecording, stopRecording } from './capture.ts'
import { expect, test } from './crowd.ts'
import { tell } from './jam-sound.ts'
import type { Jammer } from './jammer.ts'
import { isSilent } from './listen.ts'
import { isLong } from './long.ts'
import { isWrite, slotWritten } from './slot-writes.ts'

const C4 = 60
const WRITTEN = /^velocity/
const NEWS = /This jam is back as it was left on \w+/
const EARLIER = /What was left last could not be read\. This jam is back as it was on \w+/
const LINE = 'moonlight over the harbour'

/** A loop and a line of chat, left at the server by whichever of those who are here writes for all. */
async function leaveLoop(ana: Jammer, ...others: readonly Jammer[]): Promise<void> {
  await ana.toggle(C4, 1)
  await ana.toggle(C4, 5)
  await ana.say(LINE)
  await expect.poll(() => ana.place(C4, 5)).toMatch(WRITTEN)
  await leaveAll(ana, ...others)
}

/** One more note, so that something is left after all that was written before it. */
async function leaveAll(ana: Jammer, ...others: readonly Jammer[]): Promise<void> {
  const written = Promise.any([ana, ...others].map(slotWritten))
  await ana.toggle(C4, 16)
  await written
}

/** Asks for the slot with the paper of this page's seat, as whoever has the page can. */
const askAs = ({ page }: Jammer, method: string): Promise<number> =>
  page.evaluate(async (verb) => {
    const seats = Object.keys(sessionStorage)
      .map((key) => sessionStorage.getItem(key) ?? '')
      .filter((text) => text.includes('certificate'))
    const { certificate } = JSON.parse(seats[0] ?? '') as { certificate: string }
    const [, claims = ''] = certificate.split('.')
    const json = atob(claims.replaceAll('-', '+').replaceAll('_', '/'))
    const { room } = JSON.parse(json) as { room: string }
    const response = await fetch(`/api/rooms/${room}/slot`, {
      method: verb,
      ...(verb === 'PUT' && { body: 'junk' }),
      headers: { Authorization: `Bearer ${certificate}`, 'If-Match': '"1"' },
    })
    return response.status
  }, method)

const people = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /people, details|person, details/ }).click()

test('[SLOT13] everybody leaves, the server forgets, and a fresh browser hears the loop by its link', async ({
  stage,
  ownServer,
}) => {
  test.setTimeout(120_000)
  const ana = await stage.tabOf(await stage.browserOf('ana'), 'ana')
  await ana.page.goto(ownServer.url)
  await ana.startJam()
  await leaveLoop(ana)
  const link = ana.link()
  await ana.page.context().close()
  await ownServer.kill()
  await ownServer.start()

  const bo = await stage.tabOf(await stage.browserOf('bo'), 'bo')
  const startMs = Date.now()
  await bo.join(link)
  await expect(bo.page.getByText(NEWS)).toBeVisible()
  tell(`back ${Date.now() - startMs} ms after the link was opened`)

  await expect(bo.chat).toContainText(LINE)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)
  await expect.poll(() => bo.place(C4, 5)).toMatch(WRITTEN)
  await startRecording(bo.page)
  await bo.play()
  await recorded(bo.page, 4)
  expect(isSilent((await stopRecording(bo.page)).pcm)).toBe(false)
})

test('[SLOT13] what this browser kept and what was left become one song', async ({
  stage,
  ownServer,
}) => {
  test.skip(!isLong, 'npm run stress -- rooms plays it')
  test.setTimeout(120_000)
  const anas = await stage.browserOf('ana')
  const ana = await stage.tabOf(anas, 'ana')
  await ana.page.goto(ownServer.url)
  await ana.startJam()
  await leaveLoop(ana)
  const link = ana.link()
  const bo = await stage.tabOf(await stage.browserOf('bo'), 'bo')
  await bo.join(link)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)
  await ana.page.close()
  // Ana's track is theirs alone while they may come back.
  await bo.openTrack('bo')
  await bo.toggle(C4, 9)
  await leaveAll(bo)
  await bo.page.context().close()
  await ownServer.kill()
  await ownServer.start()

  const later = await stage.tabOf(anas, 'ana')
  await later.page.goto(link)
  await later.arrive()

  await expect(later.page.getByText(NEWS)).toBeVisible()
  await later.openTrack('bo')
  await expect.poll(() => later.place(C4, 9)).toMatch(WRITTEN)
})

test('[SLOT10] no key, no content: the files of the server hold no word of the song', async ({
  stage,
  ownServer,
}) => {
  const ana = await stage.tabOf(await stage.browserOf('ana', false), 'ana')
  await ana.page.goto(ownServer.url)
  await ana.startJam()
  await leaveLoop(ana)
  await ownServer.kill()

  const folder = join(ownServer.dataDir, 'slots')
  const files = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name))),
  )
  const all = Buffer.concat(files)

  expect(all.length).toBeGreaterThan(500)
  for (const word of [LINE, 'moonlight', 'ana', 'chat', 'tracks', 'root', 'velocity'])
    expect(all.includes(word), word).toBe(false)
  const key = ana.link().split('.').at(-1) ?? ''
  expect(key).toMatch(/^[\w-]{22}$/)
  expect(all.includes(key)).toBe(false)
})

test('[SLOT1] a listener reads and cannot write', async ({ crowd }) => {
  const [ana, bo] = await crowd(2)
  if (!ana || !bo) throw new Error('two people must be there')
  await leaveLoop(ana, bo)
  await people(ana.page)
  await ana.page.getByRole('button', { name: 'Options for bo' }).click()
  await ana.page.getByRole('button', { name: 'Only listen', exact: true }).click()
  await expect(bo.page.getByText('You are listening.')).toBeVisible()

  expect(await askAs(bo, 'GET')).toBe(200)
  expect(await askAs(bo, 'PUT')).toBe(403)
  expect(await askAs(bo, 'DELETE')).toBe(403)
})

test('[SLOT13] a slot that was overwritten with junk gives the version before, and people are told', async ({
  stage,
  ownServer,
}) => {
  test.skip(!isLong, 'npm run stress -- rooms plays it')
  test.setTimeout(120_000)
  const ana = await stage.tabOf(await stage.browserOf('ana', false), 'ana')
  await ana.page.goto(ownServer.url)
  await ana.startJam()
  await leaveLoop(ana)
  // From now on this page leaves junk.
  await ana.page.route(
    (url) => url.pathname.endsWith('/slot'),
    (route, request) =>
      isWrite(request.method(), request.url())
        ? route.continue({ postData: Buffer.alloc(5000, 'junk') })
        : route.continue(),
  )
  const written = slotWritten(ana)
  await ana.toggle(C4, 9)
  await written
  const link = ana.link()
  await ana.page.context().close()
  await ownServer.kill()
  await ownServer.start()

  const bo = await stage.tabOf(await stage.browserOf('bo', false), 'bo')
  await bo.join(link)

  await expect(bo.page.getByText(EARLIER)).toBeVisible()
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)
})

test('[SLOT5] a jam that was deleted is gone from this browser and the server', async ({
  stage,
  ownServer,
}) => {
  test.skip(!isLong, 'npm run stress -- rooms plays it')
  test.setTimeout(120_000)
  const anas = await stage.browserOf('ana', false)
  const ana = await stage.tabOf(anas, 'ana')
  await ana.page.goto(ownServer.url)
  await ana.startJam()
  await leaveLoop(ana)
  const link = ana.link()

  await people(ana.page)
  await ana.page.getByRole('button', { name: 'Delete this jam…' }).click()
  await ana.page.getByRole('button', { name: 'Delete for good' }).click()

  await expect(ana.page.getByRole('button', { name: 'Start a private jam' })).toBeVisible()
  await expect(ana.page.getByRole('region', { name: 'Recent jams' })).toBeHidden()
  await expect
    .poll(() => ana.page.evaluate(async () => JSON.stringify(await indexedDB.databases())))
    .not.toContain('beatcord/song/')
  for (const browser of [anas, await stage.browserOf('bo', false)]) {
    const later = await stage.tabOf(browser, 'later')
    await later.join(link)
    await expect(later.page.getByText('Nothing here yet')).toBeVisible()
    await expect(later.chat).not.toContainText(LINE)
    await later.page.close()
  }
})

test('[SLOT9] whoever was removed cannot read what a private room leaves from then on', async ({
  crowd,
}) => {
  test.skip(!isLong, 'npm run stress -- rooms plays it')
  test.setTimeout(120_000)
  const [ana, bo] = await crowd(2)
  if (!ana || !bo) throw new Error('two people must be there')
  await leaveLoop(ana, bo)
  expect(await askAs(bo, 'GET')).toBe(200)
  const anew = slotWritten(ana)
  const gone = ana.page.waitForResponse(
    (response) => response.request().method() === 'DELETE' && response.status() === 204,
  )

  await people(ana.page)
  await ana.page.getByRole('button', { name: 'Options for bo' }).click()
  await ana.page.getByRole('button', { name: 'Remove…' }).click()
  await ana.page.getByRole('button', { name: 'Remove bo' }).click()
  await anew
  const { pathname } = new URL((await gone).request().url())

  expect(await askAs(bo, 'GET').catch(() => 403)).toBe(403)
  expect(pathname).toMatch(/^\/api\/rooms\/[a-z2-7]{52}\/slot$/)
})
