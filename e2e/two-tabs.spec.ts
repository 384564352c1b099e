import { allLinked, expect, test } from './jammers.ts'

const C4 = 60

test('two tabs of one browser jam as two people', async ({ stage, server }) => {
  const browser = await stage.browserOf('ana')
  const ana = await stage.tabOf(browser, 'ana')
  await ana.page.goto(server.url)
  await ana.startJam()
  const bo = await stage.tabOf(browser, 'bo')
  await bo.join(ana.link())
  await allLinked([ana, bo])

  await ana.toggle(C4, 1)
  await bo.openTrack('ana')

  await expect.poll(() => bo.place(C4, 1)).toMatch(/^velocity/)
})

test('a duplicated tab takes a seat of its own and puts nobody out', async ({ stage, server }) => {
  const browser = await stage.browserOf('ana')
  const ana = await stage.tabOf(browser, 'ana')
  await ana.page.goto(server.url)
  await ana.startJam()
  const kept = await ana.page.evaluate(() => Object.entries<string>(sessionStorage))

  const twin = await stage.tabOf(browser, 'ana')
  // What a browser does on "Duplicate tab": the copy begins with the session storage of its original.
  await twin.page.addInitScript((entries) => {
    if (sessionStorage.length > 0) return
    for (const [key, value] of entries) sessionStorage.setItem(key, value)
  }, kept)
  await twin.page.goto(ana.link())
  await twin.arrive()

  for (const tab of [ana, twin]) {
    const people = tab.page.getByRole('list', { name: 'People' }).getByRole('listitem')
    await expect(people).toHaveCount(2)
    await expect(people.filter({ hasText: 'you' })).toHaveCount(1)
  }
})
