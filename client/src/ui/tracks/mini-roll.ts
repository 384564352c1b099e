import type { Pattern } from '../../sequence/pattern.ts'

/** A note as a bar on a field one unit wide and one unit high. */
export interface MiniNote {
  readonly key: string
  readonly x: number
  readonly width: number
  /** 0 is the top. */
  readonly y: number
  readonly strength: number
}

/** A melody of one pitch would else fill the whole height. */
const LEAST_SPAN = 11

/** The loop at a glance: its pitches spread over the height, however high or low they are. */
export function miniNotes(pattern: Pattern, stepCount: number): readonly MiniNote[] {
  const notes = [...pattern].filter(([, note]) => note.step < stepCount)
  const pitches = notes.map(([, note]) => note.pitch)
  const lowest = Math.min(...pitches)
  const highest = Math.max(...pitches)
  const span = Math.max(LEAST_SPAN, highest - lowest)
  const middle = (lowest + highest) / 2
  return notes.map(([key, note]) => ({
    key,
    x: note.step / stepCount,
    width: Math.min(note.length, stepCount - note.step) / stepCount,
    y: 0.5 - (note.pitch - middle) / span,
    strength: note.velocity / 127,
  }))
}
