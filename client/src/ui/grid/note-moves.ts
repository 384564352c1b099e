import type { Note } from '../../sequence/pattern.ts'
import { clamp } from './geometry.ts'
import type { RollRows } from './roll-rows.ts'
import type { ShownChange } from './shown-change.ts'

/** Where notes may stand. */
export interface Field {
  readonly rows: RollRows
  readonly stepCount: number
}

/** How far notes go: steps to the right, rows up. */
export interface Shift {
  readonly steps: number
  readonly up: number
}

const OCTAVE = 12

/** As far as all of the notes can go together without leaving the field. */
function shiftWithin(notes: readonly Note[], { steps, up }: Shift, field: Field): Shift {
  if (notes.length === 0) return { steps: 0, up: 0 }
  const places = notes.map(({ step }) => step)
  const rows = notes.map(({ pitch }) => field.rows.rowOf(pitch))
  const lowest = field.rows.pitches.length - 1
  return {
    steps: clamp(steps, -Math.min(...places), field.stepCount - 1 - Math.max(...places)),
    up: clamp(up, Math.max(...rows) - lowest, Math.min(...rows)),
  }
}

/** Moves notes together; nothing when they cannot go that way. @param copies  whether they also stay */
export function moved(
  notes: readonly Note[],
  shift: Shift,
  field: Field,
  copies = false,
): readonly ShownChange[] {
  const { steps, up } = shiftWithin(notes, shift, field)
  if (steps === 0 && up === 0) return []
  const { rowOf, pitches } = field.rows
  return notes.map((from) => {
    const to = {
      ...from,
      step: from.step + steps,
      pitch: pitches[rowOf(from.pitch) - up] ?? from.pitch,
    }
    return copies ? { to } : { from, to }
  })
}

/** An octave up (1) or down (-1), all or none; a kit has none. */
export function octaved(
  notes: readonly Note[],
  direction: number,
  field: Field,
): readonly ShownChange[] {
  const up = direction * OCTAVE
  const whole = shiftWithin(notes, { steps: 0, up }, field).up === up
  return field.rows.kind === 'pitches' && whole ? moved(notes, { steps: 0, up }, field) : []
}

/**
 * Drags an end of each note, which keeps at least one step.
 *
 * @param by steps to the right
 */
export function resized(
  notes: readonly Note[],
  end: 'start' | 'end',
  by: number,
  { rows, stepCount }: Field,
): readonly ShownChange[] {
  if (rows.kind === 'pieces') return []
  const resize = end === 'end' ? endMoved : startMoved
  return notes
    .map((from) => ({ from, to: resize(from, by, stepCount) }))
    .filter(({ from, to }) => to.length !== from.length)
}

function endMoved(note: Note, by: number, stepCount: number): Note {
  const room = stepCount - note.step
  return by === 0 ? note : { ...note, length: clamp(Math.min(note.length, room) + by, 1, room) }
}

function startMoved(note: Note, by: number): Note {
  const step = clamp(note.step + by, 0, note.step + note.length - 1)
  return { ...note, step, length: note.length + note.step - step }
}

/** @param by added to each velocity, within 1 to 127 */
export const louder = (notes: readonly Note[], by: number): readonly ShownChange[] =>
  notes
    .map((from) => ({ from, to: { ...from, velocity: clamp(from.velocity + by, 1, 127) } }))
    .filter(({ from, to }) => to.velocity !== from.velocity)

export const removed = (notes: readonly Note[]): readonly ShownChange[] =>
  notes.map((from) => ({ from }))
