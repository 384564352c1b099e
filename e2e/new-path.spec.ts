import { platform } from 'node:process'
import { enter, expect, test, watchedTab } from './crowd.ts'
import { allLinked } from './jammers.ts'
import { expectNewPath, pathOf } from './new-path.ts'
import { openOwnBrowser } from './own-browser.ts'
import { showing } from './page-watch.ts'
import { startTestServer } from './server.ts'

const C4 = 60

test('a link that falls silent gets a new path under the same connection, whose channels stay open', async ({
  stage,
  playwright,
  launchOptions,
}) => {
  test.skip(platform !== 'linux', 'only Linux tells which processes a browser is made of')
  test.setTimeout(90_000)
  // Nothing goes through the server itself: what arrives came by the connection.
  const server = await startTestServer({ RELAY_BYTES_PER_SECOND: '0' })
  const ana = await watchedTab(stage, 'ana')
  const own = await openOwnBrowser(playwright, launchOptions, 'eve')
  const eve = own.jammer
  try {
    await enter(ana, server.url)
    await enter(eve, server.url, ana)
    await allLinked([ana, eve])
    const before = [await pathOf(ana), await pathOf(eve)] as const

    own.freeze()
    // It says so once it has been silent for three seconds, and looks for a path; after five it would end the link.
    await expect(ana.person('eve')).toContainText('unsteady connection')
    own.wake()

    await expectNewPath(ana, before[0])
    await expectNewPath(eve, before[1])
    await ana.toggle(C4, 1)
    await eve.toggle(C4, 2)
    for (const { page } of [ana, eve]) await showing(page, 2, 3000)
    await allLinked([ana, eve])
    await expectNewPath(ana, before[0])
  } finally {
    await own.close()
    await server.close()
  }
})
