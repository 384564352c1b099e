import type { Pitch } from '../../sequence/pattern.ts'
import { clamp } from './geometry.ts'
import type { RollRows } from './roll-rows.ts'

export interface CellPlace {
  readonly step: number
  readonly pitch: Pitch
}

/** Where a key leads from a cell; undefined when it leads nowhere. */
export function walked(
  key: string,
  { step, pitch }: CellPlace,
  rows: RollRows,
  stepCount: number,
): CellPlace | undefined {
  const { pitches, page } = rows
  const to = (nextStep: number, up = 0): CellPlace => ({
    step: clamp(nextStep, 0, stepCount - 1),
    pitch: pitches[clamp(rows.rowOf(pitch) - up, 0, pitches.length - 1)] ?? pitch,
  })
  switch (key) {
    case 'ArrowLeft':
      return to(step - 1)
    case 'ArrowRight':
      return to(step + 1)
    case 'ArrowUp':
      return to(step, 1)
    case 'ArrowDown':
      return to(step, -1)
    case 'PageUp':
      return to(step, page)
    case 'PageDown':
      return to(step, -page)
    case 'Home':
      return to(0)
    case 'End':
      return to(stepCount - 1)
    default:
      return undefined
  }
}
