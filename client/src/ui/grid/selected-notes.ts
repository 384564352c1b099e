import { noteKey } from '../../sequence/pattern.ts'
import type { Note, NoteKey, Pattern } from '../../sequence/pattern.ts'
import type { Field } from './note-moves.ts'
import type { Box, RollMetrics } from './geometry.ts'
import type { RollRows } from './roll-rows.ts'

/** The notes that are selected, by their places as the rows show them. */
export type Selection = ReadonlySet<NoteKey>

export const NOTHING: Selection = new Set()

export const selectionOf = (notes: readonly Note[]): Selection =>
  new Set(notes.map(({ step, pitch }) => noteKey(step, pitch)))

/** Those of the selected notes that are there and within the loop. */
export function selectedNotes(
  shown: Pattern,
  selection: Selection,
  stepCount: number,
): readonly Note[] {
  const notes: Note[] = []
  for (const key of selection) {
    const note = shown.get(key)
    if (note !== undefined && note.step < stepCount) notes.push(note)
  }
  return notes
}

/** The one note whose details can be changed, as it was written; undefined unless exactly one is selected. */
export function inspectedNote(
  rows: RollRows,
  written: Pattern,
  selection: Selection,
  stepCount: number,
): Note | undefined {
  if (selection.size !== 1) return undefined
  const [note] = selectedNotes(rows.shown(written), selection, stepCount)
  return note && rows.written(written, note.step, note.pitch)[0]
}

/** Takes a note into the selection, or out of it. */
export function withToggled(selection: Selection, { step, pitch }: Note): Selection {
  const next = new Set(selection)
  const key = noteKey(step, pitch)
  if (!next.delete(key)) next.add(key)
  return next
}

export const allNotes = (shown: Pattern, { rows, stepCount }: Field): readonly Note[] =>
  [...shown.values()].filter(({ step, pitch }) => step < stepCount && rows.rowOf(pitch) >= 0)

/** The notes that a box touches. @param box from where the grid begins, unscrolled */
export function notesInBox(shown: Pattern, metrics: RollMetrics, box: Box): readonly Note[] {
  const { rowHeight, stepWidth, stepCount, rows } = metrics
  return allNotes(shown, metrics).filter((note) => {
    const x = note.step * stepWidth
    const end = Math.min(stepCount, note.step + note.length) * stepWidth
    const y = rows.rowOf(note.pitch) * rowHeight
    const isBeside = end <= box.x || x >= box.x + box.width
    return !isBeside && y + rowHeight > box.y && y < box.y + box.height
  })
}

/** The earliest note, the highest of several. */
export function firstOf(notes: readonly Note[], rows: RollRows): Note | undefined {
  const [first] = [...notes].sort(
    (one, other) => one.step - other.step || rows.rowOf(one.pitch) - rows.rowOf(other.pitch),
  )
  return first
}
