import { isBlackKey, pitchClassOf } from './pitch-name.ts'
import type { Pattern, Pitch } from '../../sequence/pattern.ts'
import { soundingPitch } from '../../sequence/scale.ts'
import type { PitchClass, ScaleName } from '../../sequence/scale.ts'
import type { Box, Point, RollMetrics } from './geometry.ts'
import type { Ghost } from './ghosts.ts'
import type { RollTheme } from './roll-theme.ts'
import type { Selection } from './selected-notes.ts'

/** What is seen of a piano roll behind its notes; nothing else decides what is drawn. */
export interface GroundPicture {
  readonly metrics: RollMetrics
  readonly scroll: Point
  /** Visible size, CSS pixels. */
  readonly view: Point
  readonly colour: string
  readonly root: PitchClass
  readonly scale: ScaleName
  readonly stepsPerBeat: number
  /** The notes of other tracks. */
  readonly ghosts: readonly Ghost[]
  readonly theme: RollTheme
}

/** What is seen of the notes. */
export interface NotesPicture extends Pick<
  GroundPicture,
  'metrics' | 'scroll' | 'view' | 'colour' | 'root' | 'scale' | 'theme'
> {
  /** As the rows show it. */
  readonly pattern: Pattern
  readonly selected: Selection
  /** What a hand draws a box around, from where the grid begins, unscrolled. */
  readonly box: Box | undefined
}

/** Pitches whose rows are at least partly in sight, from the top. */
export function visiblePitches({
  metrics,
  scroll,
  view,
}: Pick<GroundPicture, 'metrics' | 'scroll' | 'view'>): readonly Pitch[] {
  const first = Math.max(0, Math.floor(scroll.y / metrics.rowHeight))
  const last = Math.ceil((scroll.y + view.y - metrics.headerHeight) / metrics.rowHeight)
  return metrics.rows.pitches.slice(first, Math.max(first, last + 1))
}

/** Steps that are at least partly in sight: from `first` to before `last`. */
export function visibleSteps({
  metrics,
  scroll,
  view,
}: Pick<GroundPicture, 'metrics' | 'scroll' | 'view'>): { first: number; last: number } {
  const { stepWidth, stepCount, keysWidth } = metrics
  return {
    first: Math.max(0, Math.floor(scroll.x / stepWidth)),
    last: Math.min(stepCount, Math.ceil((scroll.x + view.x - keysWidth) / stepWidth)),
  }
}

/** The pitch that is heard for a note in a row; the pieces of a kit are in no scale. */
export const heardPitch = (
  {
    metrics,
    root,
    scale,
  }: Pick<GroundPicture, 'root' | 'scale'> & { metrics: Pick<RollMetrics, 'rows'> },
  pitch: Pitch,
): Pitch => (metrics.rows.kind === 'pieces' ? pitch : soundingPitch(pitch, root, scale))

/** Whether something between two steps and in a row of its own is at least partly in sight. */
export function isInSight(
  { metrics, scroll, view }: Pick<GroundPicture, 'metrics' | 'scroll' | 'view'>,
  start: number,
  end: number,
  row: number,
): boolean {
  const { stepWidth, rowHeight, keysWidth, headerHeight } = metrics
  const isAcross = end * stepWidth >= scroll.x && start * stepWidth <= scroll.x + view.x - keysWidth
  const y = row * rowHeight - scroll.y
  return isAcross && y + rowHeight >= 0 && y <= view.y - headerHeight
}

/** What a row is painted with: the root, what is in the scale, and what is not. */
export function rowColour(
  { metrics, root, scale, theme }: Pick<GroundPicture, 'metrics' | 'root' | 'scale' | 'theme'>,
  pitch: Pitch,
): string {
  if (metrics.rows.kind === 'pieces') return theme.natural
  if (pitchClassOf(pitch) === root) return theme.root
  if (scale === 'chromatic') return isBlackKey(pitch) ? theme.accidental : theme.natural
  return soundingPitch(pitch, root, scale) === pitch ? theme.scale : theme.accidental
}
