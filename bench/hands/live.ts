import type { Browser, Page } from '@playwright/test'
import { recordOutputs } from '../../e2e/capture.ts'
import { recordAll, soundShort } from '../../e2e/jam-sound.ts'
import { createJammer, type Jammer } from '../../e2e/jammer.ts'
import { notesIn, type Recording } from '../../e2e/listen.ts'
import { startTestServer } from '../../e2e/server.ts'
import { openBrowser } from '../browser.ts'
import { leadOver, LOSSY_QUALITY, SHOW_ADDRESSES } from '../mesh/lossy-path.ts'
import { createUdpPath } from '../mesh/udp-path.ts'
import { followBenchPath } from '../page/lossy-candidates.ts'
import { figuresOf, type Row } from '../rows.ts'
import type { Say } from '../suite.ts'

const STRIKES = 120
const EVERY_MS = 220
const HELD_MS = 60
const KEY = 'd'
/** At 120 beats a minute, ms. */
const POCKETS_MS = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1].map((beats) => beats * 500)
/** A note belongs to the key that was pressed at most so long before. */
const NEAR_MS = 200
const LOOK_MS = 1000
const GOAL_POCKET_MS = 1

declare global {
  interface Window {
    /** When keys were pressed, wall clock ms. */
    benchKeys?: number[]
  }
}

/** What a hand's strokes came to, of each of which the key's own moment is known. */
interface Played {
  readonly ownMs: readonly number[]
  readonly thereMs: readonly number[]
  readonly lost: number
}

type Mode = 'On the beat' | 'At once'

/** From the key to the sound here and at another browser, by what both send to the loudspeaker. */
export async function liveRows(say: Say): Promise<readonly Row[]> {
  const browser = await openBrowser([SHOW_ADDRESSES])
  try {
    const near = await inRoom(browser, say, undefined)
    const far = await inRoom(browser, say, LOSSY_QUALITY)
    return [
      {
        ...rowOf('key to sound here', near.once.ownMs),
        goal: 'as far as the loudspeaker is',
        holds: true,
      },
      ...rowsOf('on one machine', near),
      ...rowsOf('RTT 50 ms, 5 % loss', far),
    ]
  } finally {
    await browser.close()
  }
}

type Modes = Readonly<Record<'once' | 'pocket', Played>>

function rowsOf(where: string, { once, pocket }: Modes): readonly Row[] {
  const offMs = pocket.thereMs.map((ms) => nearest(POCKETS_MS.map((each) => ms - each)))
  // A rise is noticed some milliseconds after it begins, always as many.
  const riseMs = figuresOf(offMs).p50
  const strayMs = offMs.map((ms) => Math.abs(ms - riseMs))
  const stray = rowOf(
    `in the pocket, ${where}: how far onsets stray from a part of a beat, and ${riseMs.toFixed(1)} ms until a rise is noticed`,
    strayMs,
  )
  const lost = (once.lost + pocket.lost) / (2 * STRIKES)
  return [
    { ...rowOf(`key to sound there, at once, ${where}`, once.thereMs), goal: 'none', holds: true },
    { ...rowOf(`key to sound there, pocket, ${where}`, pocket.thereMs), goal: 'none', holds: true },
    { ...stray, goal: `p95 at most ${GOAL_POCKET_MS} ms`, holds: p95Of(strayMs) <= GOAL_POCKET_MS },
    {
      ...rowOf(`notes that never sounded there, ${where}`, [0]),
      ...{ unit: 'share', ours: { value: Number(lost.toFixed(4)) } },
      ...{ goal: 'at most 0.01', holds: lost <= 0.01 },
    },
  ]
}

const nearest = (values: readonly number[]): number =>
  values.toSorted((one, other) => Math.abs(one) - Math.abs(other))[0] ?? NaN
const p95Of = (values: readonly number[]): number => figuresOf(values).p95

const rowOf = (row: string, values: readonly number[]): Omit<Row, 'goal' | 'holds'> => ({
  ...{ suite: 'hands', row, unit: 'ms', ours: figuresOf(values) },
  ...{ baseline: null, baselineIs: null },
})

async function inRoom(
  browser: Browser,
  say: Say,
  quality: typeof LOSSY_QUALITY | undefined,
): Promise<Modes> {
  const server = await startTestServer()
  const path = createUdpPath()
  const pageOf = async (name: string): Promise<Jammer> => {
    const context = await browser.newContext({ bypassCSP: true })
    // The runner that compiles this file marks functions with a helper that the page does not have.
    await context.addInitScript({ content: 'globalThis.__name = (value) => value' })
    await context.exposeBinding('benchPath', (_source, candidate: string) =>
      leadOver(path, candidate),
    )
    await context.addInitScript(followBenchPath)
    await context.addInitScript(recordOutputs)
    await context.addInitScript(noteKeys)
    return createJammer(await context.newPage(), name)
  }
  try {
    const [ana, bo] = [await pageOf('ana'), await pageOf('bo')]
    await ana.page.goto(server.url)
    await ana.startJam()
    await bo.join(ana.link())
    await ana.page.locator('[aria-label="People"] >> text=bo').waitFor()
    await soundShort(ana)
    await ana.page.getByRole('button', { name: 'Play live' }).click()
    await ana.page.getByRole('button', { name: 'How I play' }).click()
    path.setQuality(quality)
    // So long until the clocks have seen what the path is like now.
    await ana.page.waitForTimeout(quality === undefined ? LOOK_MS : 20 * LOOK_MS)
    const once = await play([ana, bo], 'At once', say)
    const pocket = await play([ana, bo], 'On the beat', say)
    for (const { page } of [ana, bo]) await page.context().close()
    return { once, pocket }
  } finally {
    await path.close()
    await server.close()
  }
}

async function play(two: readonly [Jammer, Jammer], mode: Mode, say: Say): Promise<Played> {
  const [{ page }] = two
  say(`hands: ${STRIKES} keys, heard there ${mode.toLowerCase()} …`)
  await page.getByRole('radio', { name: mode }).check()
  // What the others need is known after some notes.
  await strike(page, 10)
  await page.waitForTimeout(LOOK_MS)
  await page.evaluate(() => (window.benchKeys = []))
  const seconds = (STRIKES * EVERY_MS) / 1000 + 2
  const [own, there] = await recordAll(two, seconds, () => strike(page, STRIKES))
  const keysMs = (await page.evaluate(() => window.benchKeys)) ?? []
  if (own === undefined || there === undefined || keysMs.length !== STRIKES) {
    throw new Error('all keys and both recordings must be there')
  }
  const ownMs = delaysOf(keysMs, own)
  const thereMs = delaysOf(keysMs, there)
  return { ownMs, thereMs, lost: keysMs.length - thereMs.length }
}

async function strike(page: Page, times: number): Promise<void> {
  for (let left = times; left > 0; left--) {
    await page.keyboard.down(KEY)
    await page.waitForTimeout(HELD_MS)
    await page.keyboard.up(KEY)
    await page.waitForTimeout(EVERY_MS - HELD_MS)
  }
}

/** From each key to the first note after it, where there is one before the next could be. */
function delaysOf(keysMs: readonly number[], tape: Recording): readonly number[] {
  const notesMs = notesIn(tape).map(({ wallMs }) => wallMs)
  return keysMs.flatMap((keyMs) => {
    const delay = notesMs.map((ms) => ms - keyMs).find((ms) => ms > 0 && ms < NEAR_MS)
    return delay === undefined ? [] : [delay]
  })
}

/** Runs in the page, before its own scripts. */
function noteKeys(): void {
  window.benchKeys = []
  document.addEventListener(
    'keydown',
    ({ timeStamp, repeat }) => {
      if (!repeat) window.benchKeys?.push(performance.timeOrigin + timeStamp)
    },
    { capture: true },
  )
}
