import type { JSHandle, Page } from '@playwright/test'
import type { Stage } from '../mesh/bench-room.ts'
import { leadOver, LOSSY_QUALITY } from '../mesh/lossy-path.ts'
import { createUdpPath, type PathQuality, type UdpPath } from '../mesh/udp-path.ts'
import type { ClockPage, ClockSample } from '../page/clock-types.ts'
import { figuresOf, type Row } from '../rows.ts'

const SECONDS = 60
/** After the first seconds, in which a newcomer settles, and the path has become slow. */
const SETTLE_SECONDS = 15
const BUSY_MS = 12

interface Condition {
  readonly words: string
  readonly quality?: PathQuality
  readonly busyMs?: number
  readonly goalP95Ms: number
  readonly goalMaxMs?: number
}

const CONDITIONS: readonly Condition[] = [
  { words: 'one machine', goalP95Ms: 0.5, goalMaxMs: 2 },
  { words: 'RTT 50 ms, jitter 4 ms, 5 % loss', quality: LOSSY_QUALITY, goalP95Ms: 1.5 },
  {
    words: `the same, both main threads busy ${String(BUSY_MS)} of each 16 ms`,
    quality: LOSSY_QUALITY,
    busyMs: BUSY_MS,
    goalP95Ms: 2.5,
  },
]

/** How far apart two pages of one machine, whose own clocks are the same, believe the shared time to be. */
export async function agreementRows(stage: Stage): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const condition of CONDITIONS) rows.push(await agreementRow(stage, condition))
  return rows
}

async function agreementRow(stage: Stage, condition: Condition): Promise<Row> {
  const { words, quality, busyMs, goalP95Ms, goalMaxMs } = condition
  stage.say(`clock: two pages agree on the time, ${words} …`)
  const path = createUdpPath()
  const tabs: Page[] = []
  try {
    tabs.push(await openPage(stage, path), await openPage(stage, path))
    const pages = await Promise.all(tabs.map(handleOf))
    const room = stage.newRoom()
    await inAll(pages, (page) => page.evaluate((it, name) => it.join(name), room))
    await inAll(pages, (page) => page.evaluate((it) => it.openRaw()))
    if (quality !== undefined) path.setQuality(quality)
    if (busyMs !== undefined)
      await inAll(pages, (page) => page.evaluate((it, ms) => it.blockFor(ms), busyMs))
    await inAll(pages, (page) => page.evaluate((it, s) => it.sample(s), SETTLE_SECONDS))
    const [first] = pages
    const [[one = [], other = []], ntp] = await Promise.all([
      inAll(pages, (page) => page.evaluate((it, s) => it.sample(s), SECONDS)),
      first?.evaluate((it, s) => it.ntpErrors(s), SECONDS),
    ])
    const ours = figuresOf(errorsOf(one, other))
    const holds = ours.p95 <= goalP95Ms && ours.max <= (goalMaxMs ?? Infinity)
    const most = goalMaxMs === undefined ? '' : `, max ${String(goalMaxMs)} ms`
    return {
      suite: 'clock',
      row: `agreed time between two pages, ${words}`,
      unit: 'ms',
      ours,
      baseline: figuresOf(ntp ?? []),
      baselineIs: 'one NTP sample a second over the same connection',
      goal: `p95 at most ${String(goalP95Ms)} ms${most}`,
      holds,
    }
  } finally {
    for (const tab of tabs) await tab.context().close()
    await path.close()
  }
}

async function openPage({ browser, url }: Stage, path: UdpPath): Promise<Page> {
  const context = await browser.newContext()
  await context.exposeBinding('benchPath', (_source, candidate: string) =>
    leadOver(path, candidate),
  )
  const page = await context.newPage()
  await page.goto(`${url}/clock`)
  return page
}

const handleOf = (page: Page): Promise<JSHandle<ClockPage>> =>
  page.evaluateHandle(() => {
    if (window.clockPage === undefined) throw new Error('the page of the bench must be there')
    return window.clockPage
  })

const inAll = <T>(
  pages: readonly JSHandle<ClockPage>[],
  run: (page: JSHandle<ClockPage>) => Promise<T>,
): Promise<T[]> => Promise.all(pages.map(run))

/** The distance at each sample of one page; the other's belief is read off between its own two nearest samples. */
function errorsOf(one: readonly ClockSample[], other: readonly ClockSample[]): readonly number[] {
  const leads = other.map(({ atMs, sharedMs }) => ({ atMs, leadMs: sharedMs - atMs }))
  const errors: number[] = []
  for (const { atMs, sharedMs } of one) {
    const after = leads.findIndex((each) => each.atMs >= atMs)
    const [before, next] = [leads[after - 1], leads[after]]
    if (before === undefined || next === undefined) continue
    const share = (atMs - before.atMs) / (next.atMs - before.atMs)
    const leadMs = before.leadMs + share * (next.leadMs - before.leadMs)
    errors.push(Math.abs(sharedMs - atMs - leadMs))
  }
  return errors
}
