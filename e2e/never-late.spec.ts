import { isLong } from './long.ts'
import type { BrowserContext } from '@playwright/test'
import { blockMainThread, haltSound, holdContexts } from './audio-hold.ts'
import { pairsOf, recordAll, skewOf, soundShort, spreadWords, tell } from './jam-sound.ts'
import type { Jammer } from './jammer.ts'
import { allLinked, expect, test, type Stage } from './jammers.ts'
import { notesIn, type Recording } from './listen.ts'
import { spreadOf } from './stats.ts'

const C4 = 60
const SECONDS = 8
/** Far above what is expected, for a machine that is busy with other things; the bench measures the rest. */
const LOOSE_SKEW_MS = 10
const TRIM_MS = 100
const HALT_MS = 1700

/** One note on each beat, which everybody sounds. */
async function beat(ana: Jammer, all: readonly Jammer[]): Promise<void> {
  await soundShort(ana)
  for (const step of [1, 5, 9, 13]) await ana.toggle(C4, step)
  await ana.play()
  for (const { page } of all) await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
}

/** Ana as usual, and bo with a browser of which something is special before it loads the page. */
async function anaAndSpecialBo(
  { stage, server }: { stage: Stage; server: { readonly url: string } },
  prepare: (browser: BrowserContext) => Promise<unknown>,
): Promise<readonly [Jammer, Jammer]> {
  const ana = await stage.tabOf(await stage.browserOf('ana'), 'ana')
  await ana.page.goto(server.url)
  await ana.startJam()
  const browser = await stage.browserOf('bo')
  await prepare(browser)
  const bo = await stage.tabOf(browser, 'bo')
  await bo.join(ana.link())
  await allLinked([ana, bo])
  return [ana, bo]
}

/** The same recording as if its page had sounded that much later. */
const delayed = (recording: Recording, ms: number): Recording => ({
  ...recording,
  moments: recording.moments.map(([seconds, wallMs]) => [seconds, wallMs + ms] as const),
})

async function recordBoth(
  people: readonly Jammer[],
  meanwhile?: () => Promise<void>,
): Promise<readonly [Recording, Recording]> {
  const [first, second] = await recordAll(people, SECONDS, meanwhile)
  if (!first || !second) throw new Error('two recordings must be there')
  return [first, second]
}

test('[CLK13] a page whose main thread is blocked 300 ms of each second sounds in time', async ({
  jammers,
}) => {
  test.setTimeout(120_000)
  const [ana, bo] = await jammers(2)
  await beat(ana, [ana, bo])

  const [atAna, atBo] = await recordBoth([ana, bo], () => blockMainThread(bo.page))

  const pairs = pairsOf(atAna, atBo)
  const skew = skewOf(pairs)
  tell(`onset skew with a blocked main thread, ${pairs.length} notes: ${spreadWords(skew)}`)
  expect(pairs.length).toBeGreaterThanOrEqual((SECONDS - 1) * 2)
  expect(notesIn(atBo).length).toBeLessThanOrEqual(notesIn(atAna).length + 1)
  expect(skew.p50).toBeLessThan(LOOSE_SKEW_MS)
})

test('[CLK13] sound that was taken away and given back goes on where it should be', async ({
  stage,
  server,
}) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  test.setTimeout(120_000)
  const [ana, bo] = await anaAndSpecialBo({ stage, server }, (browser) =>
    browser.addInitScript(holdContexts),
  )
  await beat(ana, [ana, bo])

  const [atAna, atBo] = await recordBoth([ana, bo], () => haltSound(bo.page, HALT_MS))

  // The audio of before the halt is on another line than that of after; only the latter is asked about.
  const pairs = pairsOf(atAna, atBo).slice(-(SECONDS - 1) * 2)
  const skew = skewOf(pairs)
  tell(`onset skew after a halt, ${pairs.length} notes: ${spreadWords(skew)}`)
  expect(pairs.length).toBeGreaterThanOrEqual((SECONDS - 2) * 2)
  expect(skew.p50).toBeLessThan(LOOSE_SKEW_MS)
  // A burst of missed notes would be more than the beats that there were.
  expect(notesIn(atBo).length).toBeLessThanOrEqual((SECONDS + 3) * 2)
})

test('[CLK12] a trim of 100 ms moves the notes of its own page 100 ms earlier, and no other', async ({
  stage,
  server,
}) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  test.setTimeout(120_000)
  const [ana, bo] = await anaAndSpecialBo({ stage, server }, (browser) =>
    browser.addInitScript((ms) => {
      localStorage.setItem('beatcord/trim-ms', String(ms))
    }, TRIM_MS),
  )
  await beat(ana, [ana, bo])

  const [atAna, atBo] = await recordBoth([ana, bo])

  const pairs = pairsOf(atAna, delayed(atBo, TRIM_MS))
  const offMs = spreadOf(pairs.map(({ skewMs }) => skewMs)).p50 - TRIM_MS
  tell(
    `with a trim of ${TRIM_MS} ms notes sound ${offMs.toFixed(2)} ms later, ${pairs.length} notes`,
  )
  expect(pairs.length).toBeGreaterThanOrEqual((SECONDS - 1) * 2)
  expect(Math.abs(offMs + TRIM_MS)).toBeLessThan(LOOSE_SKEW_MS)
})
