import type { Note, Pattern, Pitch } from '../../sequence/pattern.ts'
import { soundingPitch } from '../../sequence/scale.ts'
import type { PitchClass, ScaleName } from '../../sequence/scale.ts'
import type { Point, RollMetrics } from './geometry.ts'
import type { RollTheme } from './roll-theme.ts'

/** All that can be seen of a piano roll; nothing else decides what is drawn. */
export interface RollPicture {
  readonly metrics: RollMetrics
  readonly scroll: Point
  /** Visible size, CSS pixels. */
  readonly view: Point
  /** As the rows show it. */
  readonly pattern: Pattern
  readonly colour: string
  readonly root: PitchClass
  readonly scale: ScaleName
  readonly stepsPerBeat: number
  readonly selected: Note | undefined
  readonly theme: RollTheme
}

/** Pitches whose rows are at least partly in sight, from the top. */
export function visiblePitches({ metrics, scroll, view }: RollPicture): readonly Pitch[] {
  const first = Math.max(0, Math.floor(scroll.y / metrics.rowHeight))
  const last = Math.ceil((scroll.y + view.y - metrics.headerHeight) / metrics.rowHeight)
  return metrics.rows.pitches.slice(first, Math.max(first, last + 1))
}

/** The pitch that is heard for a note in a row; the pieces of a kit are in no scale. */
export const heardPitch = (
  {
    metrics,
    root,
    scale,
  }: Pick<RollPicture, 'root' | 'scale'> & { metrics: Pick<RollMetrics, 'rows'> },
  pitch: Pitch,
): Pitch => (metrics.rows.kind === 'pieces' ? pitch : soundingPitch(pitch, root, scale))
