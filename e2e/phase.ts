import { env } from 'node:process'
import { expect, type Page } from '@playwright/test'
import { pairsOf, recordAll, spreadWords, tell } from './jam-sound.ts'
import type { Jammer } from './jammer.ts'
import { notesIn } from './listen.ts'
import { type Pair, FIRST_EDITED_STEP, FIRST_PITCH } from './plain-pair.ts'
import { spreadOf } from './stats.ts'

const STEPS = 16
/** At 120 beats a minute. */
const LOOP_MS = 2000
const STEP_MS = LOOP_MS / STEPS
const WINDOW_SECONDS = 20
const EDITS = 4
const EDIT_STRIDE = 4
/** What it takes to ask a page for something. */
const ASKING_MS = 20
/** A note that is so near its moment is that note. */
const SAME_NOTE_MS = 30
/** Recorded until the last edit's moment is over. */
const EDITS_SECONDS = 14

/**
 * `npm run stress -- clock` measures for `PHASE_SECONDS` and holds the goal; by itself the test guards against being on
 * different beats, for a stalled sound card moves single notes.
 */
export const measuringMs = Number(env['PHASE_SECONDS'] ?? 10) * 1000
const GOAL_P95_MS = env['PHASE_P95_MS']
const LOOSE_P50_MS = 10

/** Records both for as long as is asked, and holds how far apart they are to the goal. */
export async function staysInPhase(two: Pair, name: string): Promise<void> {
  const skewsMs: number[] = []
  let alone = 0
  const endMs = performance.now() + measuringMs
  do {
    const [atAna, atBo] = await recordAll(two, Math.min(WINDOW_SECONDS, measuringMs / 1000))
    if (!atAna || !atBo) throw new Error('two recordings must be there')
    const pairs = pairsOf(atAna, atBo)
    skewsMs.push(...pairs.map(({ skewMs }) => Math.abs(skewMs)))
    // The tapes begin and end a little apart, which may leave one note alone.
    alone += Math.max(0, Math.min(notesIn(atAna).length, notesIn(atBo).length) - pairs.length - 1)
  } while (performance.now() < endMs)
  const spread = spreadOf(skewsMs)
  tell(
    `${name}: ${skewsMs.length} notes apart by ${spreadWords(spread)}; ${alone} that only one sounded`,
  )
  if (GOAL_P95_MS === undefined) {
    expect(spread.p50).toBeLessThan(LOOSE_P50_MS)
    return
  }
  expect(spread.p95, 'p95').toBeLessThanOrEqual(Number(GOAL_P95_MS))
  expect(alone, 'notes that only one sounded').toBe(0)
}

/**
 * One writes four notes, each shortly before its step comes by; at the other's it sounds when it does.
 *
 * @param withinMs how long before its moment a note must be written to be heard
 */
export async function editsSoundAtOnce([writer, listener]: Pair, withinMs: number): Promise<void> {
  const firstStep = FIRST_EDITED_STEP[writer.name === 'ana' ? 'ana' : 'bo']
  const loopMs = await aLoopOf(listener)
  const due: { readonly atMs: number; readonly leadMs: number }[] = []
  const [tape] = await recordAll([listener], EDITS_SECONDS, async () => {
    for (let edit = 0; edit < EDITS; edit++) {
      const passageMs = loopMs + (firstStep + edit * EDIT_STRIDE - 1) * STEP_MS
      const aheadMs = withinMs + ASKING_MS
      await until(nextAt(passageMs, Date.now() + aheadMs + STEP_MS) - aheadMs)
      const writtenMs = await press(writer.page, 'Enter')
      const atMs = nextAt(passageMs, writtenMs + withinMs)
      due.push({ atMs, leadMs: atMs - writtenMs })
      for (let right = 0; right < EDIT_STRIDE; right++) await press(writer.page, 'ArrowRight')
    }
  })
  if (tape === undefined) throw new Error('a recording must be there')
  const heardMs = notesIn(tape).map(({ wallMs }) => wallMs)
  const sounded = due.map(({ atMs, leadMs }) => ({
    leadMs: Math.round(leadMs),
    awayMs: Math.round(Math.min(...heardMs.map((ms) => Math.abs(ms - atMs)))),
  }))
  const missed = sounded.filter(({ awayMs }) => awayMs > SAME_NOTE_MS)
  const leads = sounded.map(({ leadMs }) => leadMs).join(', ')
  tell(
    `${writer.name} wrote ${leads} ms ahead: ${EDITS - missed.length} of ${EDITS} sounded in time at ${listener.name}'s`,
  )
  expect(missed, 'notes that came a loop late').toEqual([])
}

/** When a loop began, as that page sounds it; wall clock ms. */
async function aLoopOf(listener: Jammer): Promise<number> {
  const [tape] = await recordAll([listener], LOOP_MS / 1000 + 2)
  const first = tape && notesIn(tape).findLast(({ pitch }) => pitch === FIRST_PITCH)
  if (first === undefined) throw new Error('the first step must be heard')
  return first.wallMs
}

/** The first passage of a step after a moment. @param passageMs any passage of it */
const nextAt = (passageMs: number, afterMs: number): number =>
  passageMs + Math.ceil((afterMs - passageMs) / LOOP_MS) * LOOP_MS

const until = (atMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, atMs - Date.now()))

/** A key for the roll's cell, which a hidden page gets no other way. @returns when, by the wall clock */
const press = (page: Page, key: string): Promise<number> =>
  page.evaluate((pressed) => {
    const cell = document.querySelector('[role=grid] [role=gridcell]')
    cell?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }))
    return performance.timeOrigin + performance.now()
  }, key)
