/** A cell by step and row, both counted from 0. */
export interface GridCell {
  readonly step: number
  readonly row: number
}

/** The cells on the straight way from one to another, without the first: a quick hand skips cells between two events. */
export function cellsBetween(from: GridCell, to: GridCell): readonly GridCell[] {
  const steps = to.step - from.step
  const rows = to.row - from.row
  const count = Math.max(Math.abs(steps), Math.abs(rows))
  return Array.from({ length: count }, (_, index) => ({
    step: from.step + Math.round((steps * (index + 1)) / count),
    row: from.row + Math.round((rows * (index + 1)) / count),
  }))
}
