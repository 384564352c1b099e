import { expect, type Page } from '@playwright/test'
import { recorded, startRecording, stopRecording } from './capture.ts'
import type { Jammer } from './jammer.ts'
import { type HeardNote, notesIn, type Recording } from './listen.ts'
import { type Spread, spreadOf } from './stats.ts'

/** Onsets of two pages further apart than this are not the same note. */
const SAME_NOTE_MS = 100
const BEFORE_SECONDS = 1.2

/**
 * Records everybody's output over the same stretch of time, once all are in time with each other.
 *
 * @param meanwhile  done when a beat or two is on tape
 */
export async function recordAll(
  people: readonly Jammer[],
  seconds: number,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<readonly Recording[]> {
  for (const jammer of people)
    await expect(jammer.sync).toContainText('In time', { timeout: 20_000 })
  const everywhere = <T>(act: (page: Page) => Promise<T>): Promise<T[]> =>
    Promise.all(people.map(({ page }) => act(page)))
  await everywhere(startRecording)
  await everywhere((page) => recorded(page, BEFORE_SECONDS))
  await meanwhile()
  await everywhere((page) => recorded(page, seconds))
  return everywhere(stopRecording)
}

/** Makes one's notes short and dry, so that each is heard to begin. */
export async function soundShort({ page }: Jammer): Promise<void> {
  for (const label of ['Sustain', 'Release', 'Decay']) {
    const slider = page.getByRole('slider', { name: label, exact: true })
    await slider.focus()
    await slider.press('Home')
    if (label === 'Decay') for (let turn = 0; turn < 5; turn++) await slider.press('PageUp')
  }
}

/** A note of one page and the same note as the other page sounded it. */
export interface Pair {
  readonly first: HeardNote
  readonly second: HeardNote
  /** How much later the second page sounded it. */
  readonly skewMs: number
}

/** Notes that both pages sounded at about the same moment. */
export function pairsOf(a: Recording, b: Recording): readonly Pair[] {
  const others = notesIn(b)
  return notesIn(a).flatMap((first) => {
    const second = nearest(first, others)
    if (second === undefined) return []
    return [{ first, second, skewMs: second.wallMs - first.wallMs }]
  })
}

function nearest(note: HeardNote, others: readonly HeardNote[]): HeardNote | undefined {
  const byDistance = [...others].sort(
    (a, b) => Math.abs(a.wallMs - note.wallMs) - Math.abs(b.wallMs - note.wallMs),
  )
  const found = byDistance[0]
  return found !== undefined && Math.abs(found.wallMs - note.wallMs) < SAME_NOTE_MS
    ? found
    : undefined
}

/** How far apart two pages sound the same notes, whichever is first. */
export const skewOf = (pairs: readonly Pair[]): Spread =>
  spreadOf(pairs.map(({ skewMs }) => Math.abs(skewMs)))

export const spreadWords = ({ p50, p95, max }: Spread): string =>
  `p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms, max ${max.toFixed(2)} ms`

/** Prints a figure among the test results. */
export const tell = (line: string): boolean => process.stdout.write(`    ${line}\n`)
