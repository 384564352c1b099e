import { fileURLToPath } from 'node:url'
import type { Browser, Page } from '@playwright/test'
import { build } from 'vite'
import { startTestServer } from '../e2e/server.ts'
import type { Heard, Sent } from './page/page-types.ts'
import { figuresOf, type Row } from './rows.ts'

const CONFIG = fileURLToPath(new URL('vite.config.ts', import.meta.url))
const BUILT = fileURLToPath(new URL('out/page', import.meta.url))
const WARM_UP_ROUNDS = 100
const ROUNDS = 600
const GOAL_MS = 3

/**
 * From one person's edit to the other's changed song, one way, beside the same number of bytes sent raw over a data
 * channel of the same connection, by turns. The two pages' clocks are compared over that raw channel.
 */
export async function editLatency(browser: Browser): Promise<Row> {
  await build({ configFile: CONFIG })
  const server = await startTestServer({ CLIENT_DIR: BUILT })
  try {
    const [sender, receiver] = await Promise.all([
      openPage(browser, server.url),
      openPage(browser, server.url),
    ])
    await Promise.all(
      [sender, receiver].map((page) => page.evaluate(() => window.benchPage?.join())),
    )
    await driven(sender, WARM_UP_ROUNDS)
    const before = await offsetOf(sender)
    const sent = await driven(sender, ROUNDS)
    const after = await offsetOf(sender)
    const heard = (await receiver.evaluate(() => window.benchPage?.heard())) ?? []
    await Promise.all([sender, receiver].map((page) => page.context().close()))
    return rowOf(sent, heard, (before + after) / 2)
  } finally {
    await server.close()
  }
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForFunction(() => window.benchPage !== undefined)
  return page
}

const driven = async (page: Page, rounds: number): Promise<readonly Sent[]> =>
  (await page.evaluate((count) => window.benchPage?.drive(count), rounds)) ?? []

const offsetOf = async (page: Page): Promise<number> =>
  (await page.evaluate(() => window.benchPage?.offsetMs())) ?? NaN

function rowOf(sent: readonly Sent[], heard: readonly Heard[], offsetMs: number): Row {
  const delays = (kind: Sent['kind']): readonly number[] =>
    sent
      .filter((each) => each.kind === kind)
      .map(({ key, atMs }) => {
        const arrival = heard.find(
          (each) => each.kind === kind && each.key === key && each.atMs - offsetMs > atMs - 1,
        )
        if (arrival === undefined) throw new Error(`${kind} ${key} must arrive`)
        return arrival.atMs - offsetMs - atMs
      })
  const ours = figuresOf(delays('edit'))
  return {
    suite: 'jam',
    row: 'edit to applied between two pages, one way',
    unit: 'ms',
    ours,
    baseline: figuresOf(delays('raw')),
    baselineIs: 'as many bytes sent raw over a data channel of the same connection, by turns',
    goal: `p95 at most ${GOAL_MS} ms`,
    holds: ours.p95 <= GOAL_MS,
  }
}
