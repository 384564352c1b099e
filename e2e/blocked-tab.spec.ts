import type { Page } from '@playwright/test'
import { editsSoundAtOnce, measuringMs, staysInPhase } from './phase.ts'
import { test } from './plain-pair.ts'

const BLOCKED_MS = 300
const EVERY_MS = 1000
const SIXTEENTH_MS = 125

test('[CLK3] a tab that is blocked 300 ms of each second stays in time, and edits go both ways', async ({
  pair,
}) => {
  test.setTimeout(180_000 + measuringMs * 1.5)
  const [ana, bo] = await pair({ mutes: false })
  await block(bo.page)

  await staysInPhase([ana, bo], 'a blocked tab and a free one')
  // A page that is blocked takes nothing in before it is free again.
  await editsSoundAtOnce([ana, bo], BLOCKED_MS + SIXTEENTH_MS)
  await editsSoundAtOnce([bo, ana], SIXTEENTH_MS)
})

/** From now on. */
const block = (page: Page): Promise<void> =>
  page.evaluate(
    ({ blockedMs, everyMs }) => {
      setInterval(() => {
        const endMs = performance.now() + blockedMs
        while (performance.now() < endMs);
      }, everyMs)
    },
    { blockedMs: BLOCKED_MS, everyMs: EVERY_MS },
  )
