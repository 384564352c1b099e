import type { Browser } from '@playwright/test'
import { recordOutputs } from '../e2e/capture.ts'
import { pairsOf, recordAll, soundShort } from '../e2e/jam-sound.ts'
import { createJammer, type Jammer } from '../e2e/jammer.ts'
import { startTestServer } from '../e2e/server.ts'
import { figuresOf, type Row } from './rows.ts'

const SECONDS = 20
const STEPS = [1, 5, 9, 13]
const C4 = 60
/** Smallest displacement in an even row of tones that people notice (Friberg and Sundberg, JASA 98, 1995). */
const NOTICEABLE_MS = 6

/** How far apart two pages of the built product sound the same notes, by what they send to the loudspeaker. */
export async function onsetSkew(browser: Browser): Promise<Row> {
  const server = await startTestServer()
  try {
    const ana = await pageOf(browser, 'ana')
    const bo = await pageOf(browser, 'bo')
    await ana.page.goto(server.url)
    await ana.startJam()
    await bo.join(ana.link())
    await soundShort(ana)
    for (const step of STEPS) await ana.toggle(C4, step)
    await ana.play()
    const [atAna, atBo] = await recordAll([ana, bo], SECONDS)
    if (!atAna || !atBo) throw new Error('two recordings must be there')
    const ours = figuresOf(pairsOf(atAna, atBo).map(({ skewMs }) => Math.abs(skewMs)))
    await Promise.all([ana, bo].map(({ page }) => page.context().close()))
    return {
      suite: 'jam',
      row: 'onset skew between two pages',
      unit: 'ms',
      ours,
      baseline: null,
      baselineIs: null,
      goal: `p95 at most ${NOTICEABLE_MS} ms`,
      holds: ours.p95 <= NOTICEABLE_MS,
    }
  } finally {
    await server.close()
  }
}

async function pageOf(browser: Browser, name: string): Promise<Jammer> {
  const context = await browser.newContext({ bypassCSP: true })
  // The runner that compiles this file marks functions with a helper that the page does not have.
  await context.addInitScript({ content: 'globalThis.__name = (value) => value' })
  await context.addInitScript(recordOutputs)
  return createJammer(await context.newPage(), name)
}
