import { expect, test } from './jammers.ts'

test('three people join by link, see each other and talk', async ({ jammers }) => {
  const [ana, bo, cy] = await jammers(3)

  await ana.say('hello from ana')
  await cy.say('hi all')

  for (const jammer of [ana, bo, cy]) {
    await expect(jammer.chat).toContainText('hello from ana')
    await expect(jammer.chat).toContainText('hi all')
  }
})

test('a newcomer reads what was said before', async ({ jammers, stage }) => {
  const [ana] = await jammers(1)
  await ana.say('written before bo came')

  const bo = await stage.tabOf(await stage.browserOf('bo'), 'bo')
  await bo.join(ana.link())

  await expect(bo.chat).toContainText('written before bo came')
})

test('an empty room offers a groove, and one click plays it', async ({ jammers }) => {
  const [ana] = await jammers(1)

  await ana.page.getByRole('button', { name: 'Start with a groove' }).click()

  await expect(ana.page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible()
  await expect(ana.page.getByRole('button', { name: 'Start with a groove' })).toBeHidden()
})

test('what is seen of a jam is asked for again where it does not come at first', async ({
  stage,
  server,
}) => {
  const browser = await stage.browserOf('ana')
  const ana = await stage.tabOf(browser, 'ana')
  let isReachable = false
  await ana.page.route(/\/assets\/JamRoom-.*\.js$/, async (route) => {
    await (isReachable ? route.continue() : route.abort())
  })
  await ana.page.goto(server.url)

  const seated = ana.startJam()
  await expect(ana.page.getByRole('status')).toContainText('could not be fetched')
  await expect(ana.page.getByRole('button', { name: 'Leave' })).toBeVisible()
  isReachable = true

  await seated
})
