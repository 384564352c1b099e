import type { Note } from '../../sequence/pattern.ts'
import type { CellPlace } from './roll-walk.ts'
import type { Field } from './note-moves.ts'
import { ownPitch, type RollRows } from './roll-rows.ts'
import { firstOf } from './selected-notes.ts'
import type { ShownChange } from './shown-change.ts'

/** Notes that were copied, as their rows showed them. */
export interface Copied {
  readonly kind: RollRows['kind']
  /** The one that comes to the cell with the focus. */
  readonly first: Note
  readonly notes: readonly Note[]
}

/** Undefined when there is nothing to copy. */
export function copyOf(notes: readonly Note[], rows: RollRows): Copied | undefined {
  const first = firstOf(notes, rows)
  return first && { kind: rows.kind, first, notes }
}

/**
 * The copied notes so that the first stands in a cell; what would stand outside the field is left out. Between pitches
 * and the pieces of a kit only the steps count: a pitch stays itself, or the piece that it plays.
 */
export function pasted(
  { kind, first, notes }: Copied,
  { rows, stepCount }: Field,
  cell: CellPlace,
): readonly ShownChange[] {
  const down = rows.rowOf(cell.pitch) - rows.rowOf(first.pitch)
  return notes.flatMap((note) => {
    const step = note.step - first.step + cell.step
    const pitch =
      kind === rows.kind ? rows.pitches[rows.rowOf(note.pitch) + down] : ownPitch(rows, note.pitch)
    if (step >= stepCount || pitch === undefined || rows.rowOf(pitch) < 0) return []
    return [{ to: { ...note, step, pitch } }]
  })
}

/** The notes once more, right after themselves: after whole beats when they fill more than one. */
export function duplicated(
  notes: readonly Note[],
  { rows, stepCount }: Field,
  stepsPerBeat: number,
): readonly ShownChange[] {
  if (notes.length === 0) return []
  const start = Math.min(...notes.map(({ step }) => step))
  const lengthOf = ({ length }: Note): number => (rows.kind === 'pieces' ? 1 : length)
  const end = Math.max(...notes.map((note) => Math.min(stepCount, note.step + lengthOf(note))))
  const by = roundedSpan(end - start, stepsPerBeat)
  return notes
    .map((note) => ({ to: { ...note, step: note.step + by } }))
    .filter(({ to }) => to.step < stepCount)
}

/** Within a beat a half, a quarter and so on of it, else whole beats. */
export function roundedSpan(steps: number, stepsPerBeat: number): number {
  if (steps > stepsPerBeat) return Math.ceil(steps / stepsPerBeat) * stepsPerBeat
  return 2 ** Math.ceil(Math.log2(steps))
}
