import { isLong } from './long.ts'
import { expect, test } from './crowd.ts'
import { spreadWords, tell } from './jam-sound.ts'
import type { Jammer } from './jammer.ts'
import { endedConnections, showing } from './page-watch.ts'
import { walkTo } from './roll.ts'
import { spreadOf } from './stats.ts'

const C4 = 60
const PROMISED_MS = 2000
/** Four of them on a slow machine have taken 2.4 s. */
const BUSY_MS = 5000
/**
 * Eight whole pages with their sound are more than two processor cores carry at once: there it takes 1.1 to 11 s, by the
 * machine (`docs/measurements.md`). This bound tells a slow machine from a mesh that is deaf.
 */
const CROWDED_MS = 20_000
/** Until then every page knows the moment at which it happens. */
const LEAD_MS = 500

// A trace of eight pages takes half of the time that is measured here.
test.use({ trace: 'off' })

/** Ends all connections of all pages at one moment, right after which everybody writes; when each page had it all, ms. */
async function breakAll(
  people: readonly Jammer[],
  notesAfter: number,
  withinMs: number,
): Promise<readonly number[]> {
  const atMs = Date.now() + LEAD_MS
  return Promise.all(
    people.map(async ({ page }) => {
      const shown = showing(page, notesAfter, LEAD_MS + Math.max(4 * PROMISED_MS, withinMs))
      await page.evaluate((wallMs) => window.testWatch?.breakAndWrite(wallMs), atMs)
      return (await shown) - atMs
    }),
  )
}

for (const [pages, rounds, withinMs] of [
  [2, 5, PROMISED_MS],
  ...(isLong
    ? ([
        [4, 3, BUSY_MS],
        [8, 2, CROWDED_MS],
      ] as const)
    : []),
] as const) {
  test(`${pages} pages whose links all end at once have every edit within ${withinMs} ms, ${rounds} times`, async ({
    crowd,
  }) => {
    test.setTimeout(180_000)
    const people = await crowd(pages)

    const tookMs: number[] = []
    for (let round = 1; round <= rounds; round++) {
      for (const { page } of people) await walkTo(page, C4, round)
      tookMs.push(...(await breakAll(people, pages * round, withinMs)))
    }

    const spread = spreadOf(tookMs)
    tell(`${pages} pages had every edit after ${spreadWords(spread)}`)
    for (const { page } of people) {
      expect(await endedConnections(page)).toBeGreaterThanOrEqual(rounds * (pages - 1))
    }
    expect(spread.max).toBeLessThanOrEqual(withinMs)
  })
}
