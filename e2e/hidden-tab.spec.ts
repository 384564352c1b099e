import { expect, type Page } from '@playwright/test'
import { editsSoundAtOnce, measuringMs, staysInPhase } from './phase.ts'
import { test } from './plain-pair.ts'

/** The next sixteenth: what is written in this one sounds in that. */
const WITHIN_MS = 125
/** A page that is looked at would have 120. */
const MOST_TICKS = 12

test('[CLK3] a hidden silent tab stays in time, and edits go both ways at once', async ({
  plainBrowser,
  pair,
}) => {
  test.setTimeout(180_000 + measuringMs * 1.5)
  const [ana, bo] = await pair({ mutes: true })
  await plainBrowser.hideFirstWindow()
  expect(await visibility(ana.page), "ana's tab").toBe('hidden')
  expect(await visibility(bo.page), "bo's window").toBe('visible')
  const ticks = await ticksIn3Seconds(ana.page)
  expect(ticks, 'timers of a tab that is slowed down').toBeLessThan(MOST_TICKS)

  await staysInPhase([ana, bo], 'a hidden silent tab and a visible one')
  await editsSoundAtOnce([ana, bo], WITHIN_MS)
  await editsSoundAtOnce([bo, ana], WITHIN_MS)

  expect(await visibility(ana.page), "ana's tab at the end").toBe('hidden')
})

const visibility = (page: Page): Promise<string> => page.evaluate(() => document.visibilityState)

/** How often a timer of 25 ms runs, by the clock of the page. */
const ticksIn3Seconds = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const beginMs = performance.now()
        let ticks = 0
        const timer = setInterval(() => {
          ticks += 1
          if (performance.now() - beginMs < 3000) return
          clearInterval(timer)
          resolve(ticks)
        }, 25)
      }),
  )
