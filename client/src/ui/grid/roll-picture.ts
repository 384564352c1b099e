import { HIGHEST_PITCH, LOWEST_PITCH } from '../../sequence/pattern.ts'
import type { Note, Pattern, Pitch } from '../../sequence/pattern.ts'
import type { PitchClass, ScaleName } from '../../sequence/scale.ts'
import type { Point, RollMetrics } from './geometry.ts'
import type { RollTheme } from './roll-theme.ts'

/** All that can be seen of a piano roll; nothing else decides what is drawn. */
export interface RollPicture {
  readonly metrics: RollMetrics
  readonly scroll: Point
  /** Visible size, CSS pixels. */
  readonly view: Point
  readonly pattern: Pattern
  readonly colour: string
  readonly root: PitchClass
  readonly scale: ScaleName
  readonly stepsPerBeat: number
  readonly selected: Note | undefined
  readonly theme: RollTheme
}

/** Pitches whose rows are at least partly in sight, from the top. */
export function visiblePitches({ metrics, scroll, view }: RollPicture): Pitch[] {
  const first = Math.max(0, Math.floor(scroll.y / metrics.rowHeight))
  const last = Math.ceil((scroll.y + view.y - metrics.headerHeight) / metrics.rowHeight)
  const top = HIGHEST_PITCH - first
  const bottom = Math.max(LOWEST_PITCH, HIGHEST_PITCH - last)
  return Array.from({ length: Math.max(0, top - bottom + 1) }, (_, index) => top - index)
}
