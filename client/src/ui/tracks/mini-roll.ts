import { MAX_NUDGE } from '../../sequence/pattern.ts'
import type { Pattern } from '../../sequence/pattern.ts'
import type { RollRows } from '../grid/roll-rows.ts'

/** A note as a bar on a field one unit wide and one unit high. */
export interface MiniNote {
  readonly key: string
  readonly x: number
  readonly width: number
  /** 0 is the top. */
  readonly y: number
  readonly strength: number
}

/** A melody of one pitch would else fill the whole height; pieces of a kit are as far apart as semitones. */
const LEAST_SPAN = { pitches: 11, pieces: 5 }
const NUDGES_A_STEP = 2 * MAX_NUDGE

/** The loop at a glance: its rows spread over the height, however high or low they are. */
export function miniNotes(
  pattern: Pattern,
  stepCount: number,
  rows: RollRows,
): readonly MiniNote[] {
  const notes = [...rows.shown(pattern)].filter(([, note]) => note.step < stepCount)
  const used = notes.map(([, note]) => rows.rowOf(note.pitch))
  const top = Math.min(...used)
  const bottom = Math.max(...used)
  const span = Math.max(LEAST_SPAN[rows.kind], bottom - top)
  const middle = (top + bottom) / 2
  return notes.map(([key, note]) => ({
    key,
    x: (note.step + (note.nudge ?? 0) / NUDGES_A_STEP) / stepCount,
    width: Math.min(note.length, stepCount - note.step) / stepCount,
    y: 0.5 + (rows.rowOf(note.pitch) - middle) / span,
    strength: (note.velocity / 127) * ((note.chance ?? 100) / 100),
  }))
}
