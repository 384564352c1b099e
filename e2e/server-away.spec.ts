import { allLinked, expect, test as base } from './jammers.ts'
import { startTestServer } from './server.ts'

const C4 = 60

/** With a server for each test, since it is killed. */
const test = base.extend<{ readonly ownServer: Awaited<ReturnType<typeof startTestServer>> }>({
  ownServer: async ({}, use) => {
    const server = await startTestServer()
    await use(server)
    await server.close()
  },
})

test('the server is killed: the jam plays and edits on, and heals when it returns', async ({
  stage,
  ownServer,
}) => {
  test.setTimeout(120_000)
  const [ana, bo, cy] = await Promise.all(
    ['ana', 'bo', 'cy'].map(async (name) => stage.tabOf(await stage.browserOf(name), name)),
  )
  if (!ana || !bo || !cy) throw new Error('three people must be there')
  await ana.page.goto(ownServer.url)
  await ana.startJam()
  await bo.join(ana.link())
  await allLinked([ana, bo])
  await ana.toggle(C4, 1)
  await ana.play()
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(/^velocity/)

  await ownServer.kill()

  await expect(ana.connection).toContainText(/away|reach/i, { timeout: 20_000 })
  await ana.toggle(C4, 5)
  await expect.poll(() => bo.place(C4, 5)).toMatch(/^velocity/)
  await bo.toggle(C4, 9)
  await expect.poll(() => ana.place(C4, 9)).toMatch(/^velocity/)
  await expect(bo.page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible()
  await expect(bo.person('ana')).toContainText('here')

  await ownServer.start()

  await expect(ana.connection).not.toContainText(/away|reach/i, { timeout: 30_000 })
  await expect(bo.connection).not.toContainText(/away|reach/i, { timeout: 30_000 })
  await allLinked([ana, bo])
  await cy.join(ana.link())
  await allLinked([ana, bo, cy])
  await cy.openTrack('ana')
  for (const step of [1, 5, 9]) await expect.poll(() => cy.place(C4, step)).toMatch(/^velocity/)
})
