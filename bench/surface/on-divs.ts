import type { Say } from '../suite.ts'
import { openBrowser } from '../browser.ts'
import { divRoll } from './div-roll.ts'
import { dragRound, turnWheel } from './hands.ts'
import { SLOWDOWN } from './on-desk.ts'
import { watched } from './watched.ts'
import { type FrameCounts, watchFrames } from './watch-frames.ts'

const FIELD = { x: 60, y: 300, width: 1020, height: 280 }

/** The same hands on a page that shows each note as an element. */
export async function onDivs(
  say: Say,
  ms: number,
): Promise<{ readonly scrolled: FrameCounts; readonly dragged: FrameCounts }> {
  say('surface: the baseline …')
  const browser = await openBrowser()
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addInitScript({ content: 'globalThis.__name = (value) => value' })
    await context.addInitScript(watchFrames)
    const page = await context.newPage()
    await page.goto(`data:text/html,${encodeURIComponent(divRoll(FIELD))}`)
    const cdp = await context.newCDPSession(page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
    const hand = { cdp, field: FIELD }
    const scrolled = await watched(page, () => turnWheel(hand, ms))
    const dragged = await watched(page, () => dragRound(hand, ms))
    return { scrolled, dragged }
  } finally {
    await browser.close()
  }
}
