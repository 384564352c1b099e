import { expect, test } from './jammers.ts'
import { type Settings, startTestServer, type TestServer } from './server.ts'

const servers: TestServer[] = []

async function strictServer(settings: Settings): Promise<TestServer> {
  const server = await startTestServer(settings)
  servers.push(server)
  return server
}
test.afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

test('a full room is told in words, and lets one in when somebody leaves', async ({ stage }) => {
  const strict = await strictServer({ MAX_PEERS_PER_ROOM: '2' })
  const [ana, bo, cy] = [
    await stage.tabOf(await stage.browserOf('ana'), 'ana'),
    await stage.tabOf(await stage.browserOf('bo'), 'bo'),
    await stage.tabOf(await stage.browserOf('cy'), 'cy'),
  ]
  await ana.page.goto(strict.url)
  await ana.startJam()
  await bo.join(ana.link())

  await cy.join(ana.link())
  await expect(cy.page.getByText(/This jam is full/)).toBeVisible()

  await bo.page.getByRole('button', { name: 'Leave' }).click()
  await expect(ana.person('bo')).toHaveCount(0)
  await cy.page.getByRole('button', { name: 'Try again' }).click()
  await expect(cy.person('ana')).toContainText('here')
})

test('whoever does nothing is told why they are out, and is one click from being back', async ({
  stage,
}) => {
  const strict = await strictServer({ INACTIVITY_TIMEOUT: '3000' })
  const ana = await stage.tabOf(await stage.browserOf('ana'), 'ana')
  await ana.page.goto(strict.url)
  await ana.startJam()

  const back = ana.page.getByRole('button', { name: 'Come back' })
  await back.waitFor({ timeout: 15_000 })
  await expect(ana.page.getByText(/joined the jam|left the jam/)).toHaveCount(0)
  await back.click()

  await expect(ana.connection).toContainText('Connected')
  await expect(back).toBeHidden()
})
