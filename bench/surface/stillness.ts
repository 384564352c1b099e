import { setTimeout as sleep } from 'node:timers/promises'
import type { Row } from '../rows.ts'
import type { Say } from '../suite.ts'
import { NOTES, TRACKS } from './full-song.ts'
import { type Desk, onDesk } from './on-desk.ts'
import { traced, type Traced } from './trace.ts'
import { watched } from './watched.ts'
import type { FrameCounts } from './watch-frames.ts'

const MS = 10_000
/** Until words that pass have passed, and all that comes late has come. */
const SETTLE_MS = 15_000
const NAMED_MS = 3000

/** Whether the page of a full jam rests when nothing happens. */
export const stillnessRows = (say: Say): Promise<readonly Row[]> =>
  onDesk(async (desk) => {
    const { ana, page, field } = desk
    await ana.play()
    await sleep(NAMED_MS)
    await ana.stop()
    await page.mouse.move(field.x + 2, field.y - 200)
    await sleep(SETTLE_MS)
    say(`surface: untouched for ${MS / 1000} s …`)
    const alone = await untouched(desk)
    const bo = await desk.bo()
    await bo.openTrack('ana')
    await bo.page.mouse.move(field.x + field.width / 2, field.y + field.height / 2)
    await sleep(SETTLE_MS)
    say('surface: the same with another person pointing …')
    const beside = await untouched(desk)
    return [
      rowOf('stopped and untouched', alone),
      rowOf("with another person's cursor resting", beside),
    ]
  })

interface Rest {
  readonly counts: FrameCounts
  readonly trace: Traced
}

async function untouched({ browser, page }: Desk): Promise<Rest> {
  let trace: Traced | undefined
  const rest = async (): Promise<void> => {
    trace = await traced(browser, page, () => sleep(MS))
  }
  const counts = await watched(page, rest, false)
  if (trace === undefined) throw new Error('there must be a trace')
  return { counts, trace }
}

const rowOf = (name: string, { counts, trace }: Rest): Row => ({
  suite: 'surface',
  row: `frames made in ${MS / 1000} s, ${name}: ${TRACKS} tracks, ${NOTES} notes`,
  unit: 'frames',
  ours: { value: Math.max(trace.made, trace.shown) },
  baseline: null,
  baselineIs: null,
  beside: [
    { is: 'callbacks that were asked for', figures: { value: counts.callbacks } },
    { is: 'canvases that were drawn', figures: { value: counts.draws } },
  ],
  goal: 'none',
  holds: Math.max(trace.made, trace.shown, counts.callbacks, counts.draws) === 0,
})
