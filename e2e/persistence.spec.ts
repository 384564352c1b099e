import { expect, test } from './jammers.ts'

const C4 = 60
const WRITTEN = /^velocity/

test('alone, a reload and a return keep every note, sound and line, standing stopped', async ({
  stage,
  server,
}) => {
  test.setTimeout(120_000)
  const browser = await stage.browserOf('ana')
  const ana = await stage.tabOf(browser, 'ana')
  await ana.page.goto(server.url)
  await ana.startJam()
  await ana.toggle(C4, 1)
  await ana.page.getByRole('button', { name: 'Square', exact: true }).click()
  await ana.say('note to self')
  await ana.play()
  await expect.poll(() => ana.place(C4, 1)).toMatch(WRITTEN)

  await ana.reload()

  await expect(ana.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect.poll(() => ana.place(C4, 1)).toMatch(WRITTEN)
  await expect(ana.chat).toContainText('note to self')

  const link = ana.link()
  await ana.page.close()
  const later = await stage.tabOf(browser, 'ana')
  await later.page.goto(link)
  await later.arrive()

  await expect(later.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  // The track is one's own again when the tab before has given its seat up.
  await expect.poll(() => later.place(C4, 1), { timeout: 45_000 }).toMatch(WRITTEN)
  await expect(later.chat).toContainText('note to self')
  await expect(later.page.getByRole('button', { name: 'Square', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
})

test('a database that is taken away under the page is begun anew, and keeps the song', async ({
  jammers,
}) => {
  const [ana] = await jammers(1)
  await ana.toggle(C4, 1)
  await ana.page.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases()) {
      const gone = indexedDB.deleteDatabase(name)
      await new Promise((resolve) => {
        gone.onsuccess = resolve
      })
    }
  })

  await ana.toggle(C4, 3)
  await expect.poll(() => ana.place(C4, 3)).toMatch(WRITTEN)
  await expect
    .poll(() => ana.page.evaluate(async () => JSON.stringify(await indexedDB.databases())))
    .toContain('beatcord/song/')
  await ana.reload()

  await expect.poll(() => ana.place(C4, 1)).toMatch(WRITTEN)
  await expect.poll(() => ana.place(C4, 3)).toMatch(WRITTEN)
})

test('a song saved to a file opens in another jam', async ({ jammers, stage, server }, info) => {
  const [ana] = await jammers(1)
  await ana.toggle(C4, 3)
  await ana.setTempo(88)
  const download = ana.page.waitForEvent('download')
  await ana.page.getByRole('button', { name: 'Save song' }).click()
  const file = info.outputPath('song.beatcord')
  await (await download).saveAs(file)

  const bo = await stage.tabOf(await stage.browserOf('bo'), 'bo')
  await bo.page.goto(server.url)
  await bo.startJam()
  const chooser = bo.page.waitForEvent('filechooser')
  await bo.page.getByRole('button', { name: 'Open song' }).click()
  await (await chooser).setFiles(file)

  await expect(bo.page.getByRole('spinbutton', { name: 'Tempo' })).toHaveValue('88')
  await expect.poll(() => bo.place(C4, 3), 'who opens it plays its first track').toMatch(WRITTEN)
})
