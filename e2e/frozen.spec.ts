import { isLong } from './long.ts'
import { env, platform } from 'node:process'
import { enter, expect, test } from './crowd.ts'
import { allLinked } from './jammers.ts'
import { tell } from './jam-sound.ts'
import { openOwnBrowser } from './own-browser.ts'
import { showing } from './page-watch.ts'

const C4 = 60
/** `FREEZE_MS=50000` freezes for longer than a seat waits: then one is gone and comes back. */
const FREEZE_MS = Number(env['FREEZE_MS'] ?? 20_000)
const AWAY_WITHIN_MS = 15_000
const CONVERGED_WITHIN_MS = 3000

const until = (atMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, atMs - Date.now()))

test(`a browser frozen for ${FREEZE_MS / 1000} s is away to the others, and has everything within 3 s of waking`, async ({
  crowd,
  ownServer,
  playwright,
  launchOptions,
}) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  test.skip(platform !== 'linux', 'only Linux tells which processes a browser is made of')
  test.setTimeout(90_000 + FREEZE_MS)
  const [ana, cy] = await crowd(2)
  if (!ana || !cy) throw new Error('two people must be there')
  const own = await openOwnBrowser(playwright, launchOptions, 'eve')
  const eve = own.jammer
  try {
    await enter(eve, ownServer.url, ana)
    await allLinked([ana, cy, eve])
    await eve.toggle(C4, 1)
    await Promise.all([showing(ana.page, 1, 2000), showing(cy.page, 1, 2000)])

    own.freeze()
    const frozenMs = Date.now()
    for (const jammer of [ana, cy]) {
      const entry = jammer.person('eve')
      const timeout = frozenMs + AWAY_WITHIN_MS - Date.now()
      await expect(entry).toContainText('away', { timeout })
    }
    tell(`away to both after ${((Date.now() - frozenMs) / 1000).toFixed(1)} s`)
    await ana.toggle(C4, 3)
    await cy.toggle(C4, 5)
    await until(frozenMs + FREEZE_MS)
    own.wake()

    const wokeMs = Date.now()
    await showing(eve.page, 3, CONVERGED_WITHIN_MS)
    tell(`had everything ${Date.now() - wokeMs} ms after waking`)
    await eve.toggle(C4, 7)
    for (const { page } of [ana, cy]) await showing(page, 4, CONVERGED_WITHIN_MS)
    await allLinked([ana, cy, eve])
  } finally {
    await own.close()
  }
})
