import type { Note } from '../../sequence/pattern.ts'
import { clamp } from './geometry.ts'
import type { Point, RollMetrics } from './geometry.ts'

/** How large cells are, and where the roll is scrolled to, CSS pixels. */
export interface Sight {
  readonly stepWidth: number
  readonly rowHeight: number
  readonly scroll: Point
}

const NARROWEST = 6
const WIDEST = 200
const LOWEST = { pitches: 7, pieces: 14 }
const TALLEST = { pitches: 56, pieces: 90 }
/** Around notes that are fitted into sight, in rows, and the fewest steps that are shown. */
const ROWS_AROUND = 2
const FEWEST_STEPS = 8
/** Fitted rows are no taller than this, and lower than a hand would make them where it must be. */
const TALLEST_FITTED = 28
const LOWEST_FITTED = 3

/**
 * Larger or smaller cells, while what is under a point stays there.
 *
 * @param by    above 1 larger, across and down
 * @param about from the left upper corner of what is visible
 */
export function zoomedAbout(metrics: RollMetrics, scroll: Point, by: Point, about: Point): Sight {
  const { rows, keysWidth, headerHeight } = metrics
  const stepWidth = clamp(metrics.stepWidth * by.x, NARROWEST, WIDEST)
  const rowHeight = clamp(metrics.rowHeight * by.y, LOWEST[rows.kind], TALLEST[rows.kind])
  const across = Math.max(0, about.x - keysWidth)
  const down = Math.max(0, about.y - headerHeight)
  return {
    stepWidth,
    rowHeight,
    scroll: {
      x: ((scroll.x + across) * stepWidth) / metrics.stepWidth - across,
      y: ((scroll.y + down) * rowHeight) / metrics.rowHeight - down,
    },
  }
}

/** As large as they can be with all notes in sight. @param view visible size, CSS pixels */
export function fitted(notes: readonly Note[], metrics: RollMetrics, view: Point): Sight {
  const { rows, keysWidth, headerHeight, stepCount } = metrics
  const places = notes.map(({ pitch }) => rows.rowOf(pitch))
  const top = Math.max(0, Math.min(...places) - ROWS_AROUND)
  const bottom = Math.min(rows.pitches.length, Math.max(...places) + 1 + ROWS_AROUND)
  const last = Math.max(...notes.map(({ step, length }) => Math.min(stepCount, step + length)))
  const start = Math.min(...notes.map(({ step }) => step), Math.max(0, last - FEWEST_STEPS))
  const steps = Math.max(last - start, Math.min(FEWEST_STEPS, stepCount))
  const seen = { x: view.x - keysWidth, y: view.y - headerHeight }
  const rowHeight = clamp(Math.floor(seen.y / (bottom - top)), LOWEST_FITTED, TALLEST_FITTED)
  const stepWidth = clamp(Math.floor(seen.x / steps), NARROWEST, WIDEST)
  const spare = Math.max(0, seen.y - (bottom - top) * rowHeight)
  return {
    stepWidth,
    rowHeight,
    scroll: { x: start * stepWidth, y: Math.max(0, top * rowHeight - spare / 2) },
  }
}

/** Two fingers. */
export type Fingers = readonly [Point, Point]

/** One way is zoomed alone when the fingers lie so much more that way. */
const ONE_WAY = 2
/** Nearer than this they say nothing of a way. */
const NEAREST = 24

const distance = ([one, other]: Fingers): Point => ({
  x: Math.abs(one.x - other.x),
  y: Math.abs(one.y - other.y),
})
export const middleOf = ([one, other]: Fingers): Point => ({
  x: (one.x + other.x) / 2,
  y: (one.y + other.y) / 2,
})

/** How much two fingers have spread since they came down, across and down: along the way in which they lie. */
export function spread(from: Fingers, to: Fingers): Point {
  const [before, now] = [distance(from), distance(to)]
  if (before.x > ONE_WAY * before.y) return { x: now.x / Math.max(NEAREST, before.x), y: 1 }
  if (before.y > ONE_WAY * before.x) return { x: 1, y: now.y / Math.max(NEAREST, before.y) }
  const both = Math.hypot(now.x, now.y) / Math.max(NEAREST, Math.hypot(before.x, before.y))
  return { x: both, y: both }
}
