import { setTimeout as pause } from 'node:timers/promises'
import type { JSHandle, Page } from '@playwright/test'
import type { Stage } from '../mesh/bench-room.ts'
import { leadOver, LOSSY_QUALITY } from '../mesh/lossy-path.ts'
import { createUdpPath, type UdpPath } from '../mesh/udp-path.ts'
import type { ChangeKind, ChangesPage } from '../page/changes-types.ts'
import { figuresOf, type Row } from '../rows.ts'
import { type Met, metChanges } from './lateness.ts'

type Handle = JSHandle<ChangesPage>

const CHANGES = 300
const KINDS: readonly ChangeKind[] = ['play', 'tempo', 'stop']
const SLOWEST_BPM = 150
const TEMPOS = 60
/** With a path that has just become slow: round trips are known again after some. */
const SETTLE_MS = 10_000
const GOAL_SHARE = 0.01
/** Smallest displacement in an even row of tones that people notice (Friberg and Sundberg, JASA 98, 1995). */
const NOTICEABLE_MS = 6

/** Play, tempo and stop by turns, by both of two pages whose every datagram passes a lossy path. */
export async function changeRows(stage: Stage): Promise<readonly Row[]> {
  stage.say(`clock: ${CHANGES} changes of tempo and play through a path that loses 5 % …`)
  const path = createUdpPath()
  const pages: Page[] = []
  try {
    pages.push(await openPage(stage, path), await openPage(stage, path))
    const [ana, bo] = await Promise.all(pages.map(handleOf))
    if (ana === undefined || bo === undefined) throw new Error('two pages must be there')
    const room = stage.newRoom()
    await Promise.all([ana, bo].map((it) => it.evaluate((page, name) => page.join(name, 1), room)))
    path.setQuality(LOSSY_QUALITY)
    await pause(SETTLE_MS)
    await makeChanges(ana, bo)
    const [atAna, atBo] = await Promise.all(
      [ana, bo].map((it) => it.evaluate((page) => page.known())),
    )
    const { passed, lost } = path.counts()
    if (lost === 0) throw new Error('the path must lose datagrams')
    stage.say(`clock: the path passed ${passed} datagrams and lost ${lost}`)
    const met = metChanges(atAna ?? [], atBo ?? [])
    tellKinds(stage, met)
    return rowsOf(met)
  } finally {
    for (const page of pages) await page.context().close()
    await path.close()
  }
}

async function openPage({ browser, url }: Stage, path: UdpPath): Promise<Page> {
  const context = await browser.newContext()
  await context.exposeBinding('benchPath', (_source, candidate: string) =>
    leadOver(path, candidate),
  )
  const page = await context.newPage()
  await page.goto(`${url}/changes`)
  return page
}

const handleOf = (page: Page): Promise<Handle> =>
  page.evaluateHandle(() => {
    if (window.changesPage === undefined) throw new Error('the page of the bench must be there')
    return window.changesPage
  })

/** Each kind by both pages in turn; who follows knows of what came before. */
async function makeChanges(ana: Handle, bo: Handle): Promise<void> {
  for (let count = 0; count < CHANGES; count++) {
    const kind = KINDS[count % KINDS.length] ?? 'play'
    const [by, other] = count % 2 === 0 ? [ana, bo] : [bo, ana]
    const change = { kind, bpm: SLOWEST_BPM + (count % TEMPOS) }
    const key = await by.evaluate((page, it) => page.change(it.kind, it.bpm), change)
    await other.evaluate((page, it) => page.hears(it), key)
  }
}

function tellKinds(stage: Stage, met: readonly Met[]): void {
  for (const kind of KINDS) {
    const some = met.filter((each) => each.kind === kind)
    const late = lateOf(some)
    const worst = Math.max(...some.map(({ lateMs }) => lateMs))
    stage.say(
      `clock: ${kind}: ${late.length} of ${some.length} late; the latest ${worst.toFixed(0)} ms after it could be heard in time`,
    )
  }
}

const lateOf = (met: readonly Met[]): readonly Met[] => met.filter(({ lateMs }) => lateMs > 0)

function rowsOf(met: readonly Met[]): readonly Row[] {
  if (met.length < CHANGES * 0.9) {
    throw new Error(`nearly all ${CHANGES} changes must be agreed ahead, ${met.length} were`)
  }
  const shareOf = (some: readonly Met[]): number => Number((some.length / met.length).toFixed(4))
  const share = shareOf(lateOf(met))
  const noticed = met.filter(({ apartOnArrivalMs }) => apartOnArrivalMs > NOTICEABLE_MS)
  const apart = figuresOf(met.map(({ apartMs }) => apartMs))
  const path = `RTT 50 ms, 5 % loss`
  return [
    {
      suite: 'clock',
      row: `tempo and play changes that any peer heard late, ${path}`,
      unit: 'share',
      ours: { value: share },
      baseline: { value: shareOf(noticed) },
      baselineIs: `the same acted on when their message came: more than ${NOTICEABLE_MS} ms apart`,
      goal: `below ${GOAL_SHARE}`,
      holds: share < GOAL_SHARE,
    },
    {
      suite: 'clock',
      row: `how far apart two pages act on the same change, ${path}`,
      unit: 'ms',
      ours: apart,
      baseline: figuresOf(met.map(({ apartOnArrivalMs }) => apartOnArrivalMs)),
      baselineIs: 'the same acted on when their message came',
      goal: `p99 at most ${NOTICEABLE_MS} ms`,
      holds: apart.p99 <= NOTICEABLE_MS,
    },
  ]
}
