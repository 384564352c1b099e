import { setHidden } from './address.ts'
import { blockConnections } from './candidates.ts'
import { recorded, startRecording, stopRecording } from './capture.ts'
import { expect, test, watchedTab } from './crowd.ts'
import { pairsOf, skewOf, soundShort, spreadWords, tell } from './jam-sound.ts'
import type { Jammer } from './jammer.ts'
import type { Stage } from './jammers.ts'
import { connectedEnds } from './page-watch.ts'
import { isLong } from './long.ts'

const C4 = 60
/** So long a connection is tried before it is given up: nobody waits for that. What it took is told, and the goal is 3 s. */
const GIVEN_UP_MS = 8000
/** Of the median: a stalled sound card moves single notes. */
const LOOSE_SKEW_MS = 10

/** A browser that no other can connect to. */
async function blockedTab(stage: Stage, name: string): Promise<Jammer> {
  const context = await stage.browserOf(name)
  await context.addInitScript(blockConnections)
  return stage.tabOf(context, name)
}

async function allThroughServer(people: readonly Jammer[]): Promise<void> {
  for (const jammer of people) {
    await expect(jammer.connection).toHaveText('Through the server')
    for (const other of people) {
      if (other === jammer) continue
      await expect(jammer.person(other.name)).toContainText('through the server')
    }
  }
}

test('browsers that cannot connect play through the server without waiting until that is given up, and say so', async ({
  stage,
  ownServer,
}) => {
  test.setTimeout(120_000)
  const [ana, bo] = [await blockedTab(stage, 'ana'), await blockedTab(stage, 'bo')]
  await ana.page.goto(ownServer.url)
  await ana.startJam()
  await soundShort(ana)
  for (const step of [1, 3, 5, 7, 9, 11, 13, 15]) await ana.toggle(C4, step)
  await ana.play()
  await bo.page.goto(ana.link())
  await bo.page.getByRole('textbox', { name: 'Your name' }).fill('bo')

  await Promise.all([ana, bo].map(({ page }) => startRecording(page)))
  const clicked = bo.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        document.addEventListener('click', () => resolve(Date.now()), { capture: true, once: true })
      }),
  )
  await bo.page.getByRole('button', { name: 'Join the jam', exact: true }).click()
  const clickedMs = await clicked
  await recorded(bo.page, 6)
  const [atAna, atBo] = await Promise.all([ana, bo].map(({ page }) => stopRecording(page)))
  if (!atAna || !atBo) throw new Error('two recordings must be there')
  const pairs = pairsOf(atAna, atBo)
  const firstMs = (pairs[0]?.second.wallMs ?? Infinity) - clickedMs

  tell(`through the server: the first note ${firstMs.toFixed(0)} ms after joining`)
  tell(`onset skew through the server: ${spreadWords(skewOf(pairs))}`)
  expect(firstMs).toBeLessThan(GIVEN_UP_MS)
  expect(pairs.length).toBeGreaterThanOrEqual(4)
  expect(skewOf(pairs).p50).toBeLessThan(LOOSE_SKEW_MS)
  await allThroughServer([ana, bo])
})

test('three browsers that cannot connect edit one song, chat, and let a late one have it all', async ({
  stage,
  ownServer,
}) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  test.setTimeout(120_000)
  const [ana, bo, cy] = [
    await blockedTab(stage, 'ana'),
    await blockedTab(stage, 'bo'),
    await blockedTab(stage, 'cy'),
  ]
  await ana.page.goto(ownServer.url)
  await ana.startJam()
  await bo.join(ana.link())
  await ana.toggle(C4, 1)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(/^velocity/)
  await bo.toggle(C4, 5)
  await expect.poll(() => ana.place(C4, 5)).toMatch(/^velocity/)
  await bo.say('no wire between us')
  await expect(ana.chat).toContainText('no wire between us')

  await cy.join(ana.link())
  await allThroughServer([ana, bo, cy])
  await cy.openTrack('ana')
  for (const step of [1, 5]) await expect.poll(() => cy.place(C4, step)).toMatch(/^velocity/)
  await cy.toggle(C4, 9)
  for (const jammer of [ana, bo]) await expect.poll(() => jammer.place(C4, 9)).toMatch(/^velocity/)
})

test('whoever hides the address without a TURN server jams through the server, and straight when shown again', async ({
  stage,
  ownServer,
}) => {
  test.setTimeout(120_000)
  const [ana, bo] = [await watchedTab(stage, 'ana'), await watchedTab(stage, 'bo')]
  await ana.page.goto(ownServer.url)
  await ana.startJam()
  await bo.page.goto(ana.link())
  await bo.page.getByRole('textbox', { name: 'Your name' }).fill('bo')
  await setHidden(bo, true)
  await bo.page.getByRole('button', { name: 'Join the jam', exact: true }).click()

  await allThroughServer([ana, bo])
  await ana.toggle(C4, 1)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, 1)).toMatch(/^velocity/)
  expect(await connectedEnds(ana.page)).toEqual([])

  await setHidden(bo, false)

  for (const jammer of [ana, bo]) await expect(jammer.connection).toHaveText('Connected')
  await expect(ana.person('bo')).toContainText('connected directly')
  await ana.toggle(C4, 5)
  await expect.poll(() => bo.place(C4, 5)).toMatch(/^velocity/)
})
