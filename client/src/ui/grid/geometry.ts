import type { Pattern, Pitch } from '../../sequence/pattern.ts'
import type { RollRows } from './roll-rows.ts'

/** How large things are in a piano roll, CSS pixels, and what its rows are. */
export interface RollMetrics {
  readonly rows: RollRows
  readonly keysWidth: number
  readonly headerHeight: number
  readonly rowHeight: number
  readonly stepWidth: number
  readonly stepCount: number
}

/** A point or distance in CSS pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A rectangle in CSS pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where a point of the visible roll lies. */
export type Place =
  /** `within` is how far into the step, 0 to 1. */
  | { readonly zone: 'cell'; readonly step: number; readonly pitch: Pitch; readonly within: number }
  | { readonly zone: 'key'; readonly pitch: Pitch }
  | { readonly zone: 'margin' }

/** Size of the whole roll: what is scrolled over. */
export const rollSize = (metrics: RollMetrics): Point => ({
  x: metrics.keysWidth + metrics.stepCount * metrics.stepWidth,
  y: metrics.headerHeight + metrics.rows.pitches.length * metrics.rowHeight,
})

/** Left upper corner of a cell, from where the grid begins (right of the keys, below the header), unscrolled. */
export const cellCorner = (metrics: RollMetrics, step: number, pitch: Pitch): Point => ({
  x: step * metrics.stepWidth,
  y: metrics.rows.rowOf(pitch) * metrics.rowHeight,
})

/** @param point from the left upper corner of what is visible */
export function placeAt(metrics: RollMetrics, scroll: Point, point: Point): Place {
  const row = Math.floor((point.y - metrics.headerHeight + scroll.y) / metrics.rowHeight)
  const pitch = metrics.rows.pitches[row]
  if (point.y < metrics.headerHeight || pitch === undefined) return { zone: 'margin' }
  if (point.x < 0) return { zone: 'margin' }
  if (point.x < metrics.keysWidth) return { zone: 'key', pitch }
  const steps = (point.x - metrics.keysWidth + scroll.x) / metrics.stepWidth
  const step = Math.floor(steps)
  if (step >= metrics.stepCount) return { zone: 'margin' }
  return { zone: 'cell', step, pitch, within: steps - step }
}

/** The widest whole step that shows all steps at once, but never narrower than `minWidth`. */
export function fitStepWidth(
  viewWidth: number,
  keysWidth: number,
  stepCount: number,
  minWidth: number,
): number {
  return Math.max(minWidth, Math.floor((viewWidth - keysWidth) / stepCount))
}

/** The tallest whole row that shows all rows at once, within bounds. */
export const fitRowHeight = (
  viewHeight: number,
  headerHeight: number,
  rowCount: number,
  bounds: { readonly min: number; readonly max: number },
): number => clamp(Math.floor((viewHeight - headerHeight) / rowCount), bounds.min, bounds.max)

/** Scrolls to where most of the notes are in sight together, or to where the keys begin when there are none. */
export function firstScrollTop(pattern: Pattern, metrics: RollMetrics, viewHeight: number): number {
  const seen = viewHeight - metrics.headerHeight
  const inSight = Math.max(1, Math.floor(seen / metrics.rowHeight))
  const centre = (busiestMiddle(pattern, metrics.rows, inSight) + 0.5) * metrics.rowHeight
  return Math.round(
    clamp(centre - seen / 2, 0, metrics.rows.pitches.length * metrics.rowHeight - seen),
  )
}

/** The middle row of those notes that fit into so many rows and are the most; of several, the highest ones. */
function busiestMiddle(pattern: Pattern, rows: RollRows, inSight: number): number {
  const noteRows = [...pattern.values()]
    .map((note) => rows.rowOf(note.pitch))
    .filter((row) => row >= 0)
    .sort((a, b) => a - b)
  let best: readonly number[] = [rows.rowOf(rows.start)]
  if (noteRows.length > 0) best = []
  for (const [index, top] of noteRows.entries()) {
    const together = noteRows.slice(index).filter((row) => row < top + inSight)
    if (together.length > best.length) best = together
  }
  return ((best[0] ?? 0) + (best.at(-1) ?? 0)) / 2
}

/** How far to scroll so that a cell is in sight; the present scroll when it is. */
export function scrollToCell(
  metrics: RollMetrics,
  scroll: Point,
  view: Point,
  cell: { readonly step: number; readonly pitch: Pitch },
): Point {
  const corner = cellCorner(metrics, cell.step, cell.pitch)
  return {
    x: clamp(scroll.x, corner.x + metrics.stepWidth - (view.x - metrics.keysWidth), corner.x),
    y: clamp(scroll.y, corner.y + metrics.rowHeight - (view.y - metrics.headerHeight), corner.y),
  }
}

export const clamp = (value: number, min: number, max: number): number =>
  Math.max(min, Math.min(max, value))
