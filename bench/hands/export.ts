import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { startTestServer } from '../../e2e/server.ts'
import { openBrowser } from '../browser.ts'
import type { ExportCost, ExportRun } from '../page/export-types.ts'
import type { Row } from '../rows.ts'
import type { Say } from '../suite.ts'

const PAGES = fileURLToPath(new URL('../out/page', import.meta.url))
/** The quickest counts, for the machine is not ours alone. */
const ROUNDS = 3
/** Share of a core that the tape may take, and what a measurement strays by: 10 s are 10,000 ms. */
const MOST_TAPE_MS = 20

const GOALS: readonly (ExportRun & { readonly words: string; readonly least: number })[] = [
  { piece: 'groove', format: 'wav24', isSplit: false, words: 'the House groove, WAV', least: 10 },
  { piece: 'groove', format: 'opus', isSplit: false, words: 'the House groove, Opus', least: 10 },
  {
    piece: 'groove',
    format: 'wav24',
    isSplit: true,
    words: 'its tracks apart, ZIP of WAV',
    least: 8,
  },
  {
    piece: 'full',
    format: 'wav24',
    isSplit: false,
    words: '20 tracks, all effects, WAV',
    least: 2,
  },
  { piece: 'full', format: 'wav24', isSplit: true, words: 'these tracks apart, ZIP', least: 1 },
]

/** How much faster than it plays a song becomes a file, and what the tape that is always on costs the sound. */
export async function exportRows(say: Say): Promise<readonly Row[]> {
  const server = await startTestServer({ CLIENT_DIR: PAGES })
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(`${server.url}/export.html`)
    await page.waitForFunction(() => window.exportPage !== undefined)
    const rows: Row[] = []
    for (const goal of GOALS) {
      say(`hands: export of ${goal.words} …`)
      rows.push(rowOf(goal, await bestOf(page, goal)))
    }
    say('hands: the tape beside the engine …')
    return [...rows, await tapeRow(page)]
  } finally {
    await browser.close()
    await server.close()
  }
}

async function bestOf(page: Page, { piece, format, isSplit }: ExportRun): Promise<ExportCost> {
  const costs: ExportCost[] = []
  for (let round = 0; round < ROUNDS; round++) {
    costs.push(
      await page.evaluate(
        (what) => {
          if (window.exportPage === undefined) throw new Error('the page must be ready')
          return window.exportPage.run(what)
        },
        { piece, format, isSplit },
      ),
    )
  }
  const [best] = costs.toSorted((one, other) => one.ms - other.ms)
  if (best === undefined || best.bytes < 1000) throw new Error('an export must have a file')
  return best
}

const rowOf = ({ words, least }: (typeof GOALS)[number], cost: ExportCost): Row => {
  const times = Number(((cost.seconds * 1000) / cost.ms).toFixed(1))
  return {
    suite: 'hands',
    row: `export of ${words}: ${cost.seconds.toFixed(0)} s of music, ${(cost.bytes / 1e6).toFixed(1)} MB, in ${(cost.ms / 1000).toFixed(1)} s`,
    unit: 'times as fast as it plays',
    ours: { value: times },
    baseline: null,
    baselineIs: null,
    beside: [
      { is: 'seconds that it took', figures: { value: Number((cost.ms / 1000).toFixed(2)) } },
    ],
    goal: `at least ${least}`,
    holds: times >= least,
  }
}

async function tapeRow(page: Page): Promise<Row> {
  const cost = await page.evaluate(() => {
    if (window.exportPage === undefined) throw new Error('the page must be ready')
    return window.exportPage.tape()
  })
  const { withMs, withoutMs } = cost
  const more = Number((withMs - withoutMs).toFixed(1))
  return {
    suite: 'hands',
    row: '10 s of audio, 20 tracks of sixteenths, with the tape of the last minute beside them',
    unit: 'ms more',
    ours: { value: more },
    baseline: { value: Math.round(withoutMs) },
    baselineIs: 'ms without the tape, by turns, best of five each',
    goal: `at most ${MOST_TAPE_MS} ms, 0.2 % of a core`,
    holds: more <= MOST_TAPE_MS,
  }
}
