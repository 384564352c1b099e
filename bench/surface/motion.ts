import { setTimeout as sleep } from 'node:timers/promises'
import { figuresOf, type Row } from '../rows.ts'
import type { Say } from '../suite.ts'
import { NOTES, STEPS, TRACKS } from './full-song.ts'
import { dragRound, spotAt, turnWheel } from './hands.ts'
import { type Desk, onDesk, SLOWDOWN, slowDown } from './on-desk.ts'
import { onDivs } from './on-divs.ts'
import { traced } from './trace.ts'
import { fpsOf, watched } from './watched.ts'
import type { FrameCounts } from './watch-frames.ts'

const MS = 6000
const SETTLE_MS = 1500
const FPS_GOAL = 55
const FRAME_GOAL_MS = 1000 / FPS_GOAL / SLOWDOWN
const PAINT_GOAL_MS = 50
const INPUTS = 40
const INPUT_EVERY_MS = 130
const WHAT = `${TRACKS} tracks of ${STEPS} steps, ${NOTES} notes in sight, playing`
const SLOWLY = `${WHAT}, ${SLOWDOWN} times slower`
const DIVS = 'the same notes as an element each, on a silent page with nothing else'

/** How smoothly a full roll moves under a hand, and how soon an input is seen. */
export async function motionRows(say: Say): Promise<readonly Row[]> {
  const divs = await onDivs(say, MS)
  return onDesk(async (desk) => {
    await desk.ana.play()
    await sleep(SETTLE_MS)
    say('surface: what a frame costs …')
    const costs = await costRows(desk)
    await slowDown(desk, SLOWDOWN)
    say('surface: the wheel, a selection that is dragged, clicks and keys …')
    const scrolled = await watched(desk.page, () => turnWheel(desk, MS))
    const note = await selectAll(desk)
    const dragged = await watched(desk.page, () => dragRound(desk, MS, note))
    const clicked = await watched(desk.page, () => clickAndType(desk))
    return [
      ...costs,
      fpsRow('scrolling by wheel', scrolled, divs.scrolled),
      fpsRow('dragging all notes of a track', dragged, divs.dragged),
      paintRow('moves of a pointer that drags', dragged, ['pointermove']),
      paintRow('clicks', clicked, ['pointerdown', 'pointerup']),
      paintRow('keys', clicked, ['keydown']),
    ]
  })
}

const fpsRow = (name: string, ours: FrameCounts, baseline: FrameCounts): Row => ({
  suite: 'surface',
  row: `frames in a second while ${name}: ${SLOWLY}`,
  unit: 'fps',
  ours: { value: fpsOf(ours) },
  baseline: { value: fpsOf(baseline) },
  baselineIs: DIVS,
  beside: [
    {
      is: 'times that the notes were drawn in a second',
      figures: { value: ours.noteDraws / (MS / 1000) },
    },
  ],
  goal: `at least ${FPS_GOAL}`,
  holds: fpsOf(ours) >= FPS_GOAL,
})

function paintRow(name: string, { inputMs, eventMs }: FrameCounts, kinds: readonly string[]): Row {
  const ours = figuresOf(kinds.flatMap((kind) => inputMs[kind] ?? []))
  const slow = kinds.flatMap((kind) => eventMs[kind] ?? [])
  return {
    suite: 'surface',
    row: `from an input until its frame is made, ${name}: ${SLOWLY}`,
    unit: 'ms',
    ours,
    baseline: null,
    baselineIs: null,
    ...(slow.length > 0 && {
      beside: [
        {
          is: "the browser's own count to the next paint, of those above 16 ms",
          figures: figuresOf(slow),
        },
      ],
    }),
    goal: `p95 at most ${PAINT_GOAL_MS} ms`,
    holds: ours.p95 <= PAINT_GOAL_MS,
  }
}

/** In time of the page's main thread: what else runs on the machine, or how slow it is made, changes nothing. */
async function costRows(desk: Desk): Promise<readonly Row[]> {
  const { browser, page } = desk
  const still = await traced(browser, page, () => sleep(MS / 2))
  const wheel = await traced(browser, page, () => turnWheel(desk, MS / 2))
  return (
    [
      ['playing, with no hand on it', still],
      ['scrolling by wheel', wheel],
    ] as const
  ).map(([name, { busyMs, made }]) => {
    const value = Number((busyMs / made).toFixed(2))
    return {
      suite: 'surface',
      row: `main thread's own time for a frame, ${name}: ${WHAT}, at full speed and traced`,
      unit: 'ms',
      ours: { value },
      baseline: null,
      baselineIs: null,
      goal: `at most ${FRAME_GOAL_MS.toFixed(1)}, for ${FPS_GOAL} fps ${SLOWDOWN} times slower`,
      holds: value <= FRAME_GOAL_MS,
    }
  })
}

/** @returns where one of the notes is */
async function selectAll({ page, field }: Desk): Promise<{ x: number; y: number }> {
  await page.getByRole('button', { name: 'Select', exact: true }).click()
  await page.mouse.click(field.x + field.width / 2, field.y + field.height / 2)
  await page.keyboard.press('Control+a')
  await page.getByRole('group', { name: 'Selected notes' }).waitFor()
  const cell = await page.getByRole('grid').getByRole('gridcell').boundingBox()
  if (cell === null) throw new Error('the cell with the focus must be on the page')
  return { x: cell.x + cell.width / 2, y: cell.y + cell.height / 2 }
}

async function clickAndType({ page, field }: Desk): Promise<void> {
  for (let index = 0; index < INPUTS; index++) {
    const { x, y } = spotAt(field, index / INPUTS)
    await page.mouse.click(x, y)
    await sleep(INPUT_EVERY_MS)
    await page.keyboard.press(index % 2 === 0 ? 'ArrowRight' : 'Alt+ArrowUp')
    await sleep(INPUT_EVERY_MS)
  }
}
