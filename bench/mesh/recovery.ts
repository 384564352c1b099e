import type { BenchRoom } from './bench-room.ts'

/** Cells below are for edits without a loss. */
const FIRST_CELL = 700
const WITHIN_MS = 2000
const LEAD_MS = 250

/**
 * All pages lose all their connections at the same moment, and each then writes a note.
 *
 * @param round  from 0; each writes cells of its own
 * @returns ms until every page had the notes of all; undefined when some had not after 2 s
 */
export async function loseAllLinks(room: BenchRoom, round: number): Promise<number | undefined> {
  const size = room.pages.length
  const cells = Array.from({ length: size }, (_, index) => FIRST_CELL + round * size + index)
  const atMs = Date.now() + LEAD_MS
  const took = await Promise.all(
    room.pages.map((page, index) =>
      page.evaluate((it, loss) => it.loseLinks(loss), {
        atMs,
        cell: cells[index] ?? FIRST_CELL,
        cells,
        withinMs: WITHIN_MS,
      }),
    ),
  )
  const whole = took.filter((ms) => ms !== null)
  return whole.length < size ? undefined : Math.max(...whole)
}
