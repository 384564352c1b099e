import { grooveOf, layGroove, type GridLoop, type Laying } from '../../sequence/edits/groove.ts'
import { editsBetween } from '../../sequence/edits/note-edits.ts'
import { PATTERN_NAMES, type Note, type PatternName } from '../../sequence/pattern.ts'
import {
  launchOf,
  patternOf,
  stepsOf,
  swingOf,
  type Song,
  type Track,
  type TrackId,
} from '../../sequence/song.ts'
import type { ShownTrack } from '../tracks/shown-tracks.ts'

/** What laying a groove on a pattern comes to. */
export interface GrooveChange {
  /** Those that change. */
  readonly notes: readonly Note[]
  /** Percent; undefined where the track keeps the one that it has. */
  readonly swing: number | undefined
  readonly heldBack: number
}

/**
 * What the groove of one track makes of the open pattern of another. The groove is that of what the track plays, or,
 * where that has no notes, of its first pattern that has.
 *
 * @returns undefined where there is none, or nothing to lay it on
 */
export function grooveChange(
  song: Song,
  from: TrackId,
  onto: Pick<ShownTrack, 'id' | 'patternName'>,
  laying: Laying,
): GrooveChange | undefined {
  const source = loopOf(song, from)
  const groove = source && grooveOf(source)
  const target = loopOf(song, onto.id, onto.patternName)
  if (groove === undefined || target === undefined || target.notes.length === 0) return undefined
  const { notes, swing, heldBack } = layGroove(groove, target, laying)
  return {
    notes: editsBetween(target.notes, notes).write,
    swing: swing === target.swing ? undefined : swing,
    heldBack,
  }
}

function loopOf(song: Song, id: TrackId, pattern?: PatternName): GridLoop | undefined {
  const track = song.tracks.find((each) => each.id === id)
  if (track === undefined) return undefined
  const notes = [...patternOf(track, pattern ?? playedOf(track)).values()]
  const { subdivision } = track
  return { notes, subdivision, stepCount: stepsOf(track, song), swing: swingOf(track, song) }
}

function playedOf(track: Track): PatternName {
  const { pattern } = launchOf(track)
  const hasNotes = (name: PatternName): boolean => patternOf(track, name).size > 0
  return hasNotes(pattern) ? pattern : (PATTERN_NAMES.find(hasNotes) ?? pattern)
}
