import { DEFAULT_VELOCITY, noteKey } from '../../sequence/pattern.ts'
import type { Note, NoteKey, Pattern, Pitch } from '../../sequence/pattern.ts'
import { clamp } from './geometry.ts'
import type { Box, Point, RollMetrics } from './geometry.ts'
import { lengthTo, noteOver } from './hit-test.ts'
import type { Hit } from './hit-test.ts'
import { moved, resized } from './note-moves.ts'
import type { Selection } from './selected-notes.ts'
import { cellsBetween } from './strokes.ts'
import type { GridCell } from './strokes.ts'
import type { ShownChange } from './shown-change.ts'
import type { Tool } from './tools.ts'

/** What a hand began that has not let go. Points are from where the grid begins, unscrolled. */
export type Hand =
  /** Will be a click, or what its place says once it moves; `scrolls` while a finger may still mean to scroll. */
  | { readonly kind: 'press'; readonly hit: Hit; readonly at: Point; readonly scrolls: boolean }
  | { readonly kind: 'keys'; readonly pitch: Pitch }
  /** A note, or a chord of them, that gets longer. */
  | { readonly kind: 'draw'; readonly notes: readonly Note[] }
  | { readonly kind: 'paint' | 'erase'; readonly cells: readonly GridCell[]; readonly row?: number }
  | { readonly kind: 'move' | 'start' | 'end'; readonly notes: readonly Note[]; readonly at: Point }
  | { readonly kind: 'box'; readonly at: Point; readonly to: Point; readonly keeps: Selection }

export interface Press {
  readonly tool: Tool
  readonly hit: Hit
  readonly at: Point
  readonly isTouch: boolean
  /** Whether the note under it is selected. */
  readonly isSelected: boolean
  /** Whether what is selected stays so. */
  readonly adds: boolean
  readonly readOnly: boolean
}

/** What a press begins; undefined when nothing. Drawing begins with the notes that are to be written. */
export function begun(press: Press, metrics: RollMetrics, selection: Selection): Hand | undefined {
  const { tool, hit, at, isTouch } = press
  if (hit.on === 'nothing') return undefined
  if (hit.on === 'key') return { kind: 'keys', pitch: hit.pitch }
  if (press.readOnly) return undefined
  if (tool === 'paint' || tool === 'erase') return { kind: tool, cells: [cellAt(metrics, at)] }
  if (hit.on === 'empty') return begunOnEmpty(press, hit, metrics, selection)
  return { kind: 'press', hit, at, scrolls: isTouch && tool === 'draw' && !press.isSelected }
}

function begunOnEmpty(
  { tool, at, isTouch, adds }: Press,
  hit: Hit & { readonly on: 'empty' },
  metrics: RollMetrics,
  selection: Selection,
): Hand {
  if (tool !== 'draw' || adds)
    return { kind: 'box', at, to: at, keeps: adds ? selection : new Set() }
  if (isTouch) return { kind: 'press', hit, at, scrolls: true }
  if (metrics.rows.kind === 'pieces')
    return { kind: 'paint', cells: [cellAt(metrics, at)], row: metrics.rows.rowOf(hit.pitch) }
  return { kind: 'draw', notes: [newNote(hit.step, hit.pitch)] }
}

export const newNote = (step: number, pitch: Pitch): Note => ({
  step,
  pitch,
  velocity: DEFAULT_VELOCITY,
  length: 1,
})

/** The cell at a point, the nearest one where it lies outside. */
export const cellAt = (
  { stepWidth, rowHeight, stepCount, rows }: RollMetrics,
  at: Point,
): GridCell => ({
  step: clamp(Math.floor(at.x / stepWidth), 0, stepCount - 1),
  row: clamp(Math.floor(at.y / rowHeight), 0, rows.pitches.length - 1),
})

/** The hand once it has moved to a point. */
export function handAt(hand: Hand, metrics: RollMetrics, to: Point): Hand {
  if (hand.kind === 'box') return { ...hand, to }
  if (hand.kind !== 'paint' && hand.kind !== 'erase') return hand
  const last = hand.cells.at(-1)
  const next = cellAt(metrics, to)
  // Where a row was begun it is kept to; a hand that leaves it rests.
  if (last === undefined || (hand.row !== undefined && next.row !== hand.row)) return hand
  const passed = cellsBetween(last, next)
  return passed.length === 0 ? hand : { ...hand, cells: [...hand.cells, ...passed] }
}

/** What the roll needs to know to say what a hand does. */
export interface HandField {
  readonly metrics: RollMetrics
  readonly shown: Pattern
  /** The pitch that is heard for a note in a row. */
  heard(pitch: Pitch): Pitch
}

/** What becomes of the notes when the hand lets go at a point. @param copies  whether what is moved also stays */
export function changesOf(
  hand: Hand,
  field: HandField,
  to: Point,
  copies: boolean,
): readonly ShownChange[] {
  const { metrics } = field
  switch (hand.kind) {
    case 'draw':
      return hand.notes.map((note) => ({ to: { ...note, length: drawnLength(note, metrics, to) } }))
    case 'paint':
      return painted(hand.cells, field)
    case 'erase':
      return erased(hand.cells, field)
    case 'move': {
      const from = cellAt(metrics, hand.at)
      const now = cellAt(metrics, to)
      const steps = Math.round((to.x - hand.at.x) / metrics.stepWidth)
      return moved(hand.notes, { steps, up: from.row - now.row }, metrics, copies)
    }
    case 'start':
    case 'end': {
      const by = Math.round((to.x - hand.at.x) / metrics.stepWidth)
      return resized(hand.notes, hand.kind, by, metrics)
    }
    default:
      return []
  }
}

/** The pointer is somewhere within the step that ends a note, not on its line. */
const drawnLength = (note: Note, { stepWidth, stepCount }: RollMetrics, to: Point): number =>
  lengthTo(note, to.x / stepWidth + 0.3, stepCount)

function painted(cells: readonly GridCell[], { metrics, shown }: HandField): ShownChange[] {
  const notes = new Map<NoteKey, Note>()
  for (const { step, row } of cells) {
    const pitch = metrics.rows.pitches[row]
    if (pitch === undefined || noteOver(shown, step, pitch) !== undefined) continue
    notes.set(noteKey(step, pitch), newNote(step, pitch))
  }
  return [...notes.values()].map((to) => ({ to }))
}

/** What is written in the cells goes, and what is heard in them. */
function erased(cells: readonly GridCell[], { metrics, shown, heard }: HandField): ShownChange[] {
  const touched = new Set(cells.map(({ step, row }) => `${step}/${row}`))
  const isTouched = ({ step, length }: Note, row: number): boolean =>
    Array.from({ length }, (_, index) => `${step + index}/${row}`).some((cell) => touched.has(cell))
  return [...shown.values()]
    .filter((note) => {
      const { rowOf } = metrics.rows
      return isTouched(note, rowOf(note.pitch)) || isTouched(note, rowOf(heard(note.pitch)))
    })
    .map((from) => ({ from }))
}

/** The box between two points. */
export const boxOf = (one: Point, other: Point): Box => ({
  x: Math.min(one.x, other.x),
  y: Math.min(one.y, other.y),
  width: Math.abs(one.x - other.x),
  height: Math.abs(one.y - other.y),
})
