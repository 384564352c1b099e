import { noteKey } from '../../sequence/pattern.ts'
import type { Note, Pattern, Pitch } from '../../sequence/pattern.ts'
import { clamp } from './geometry.ts'
import { noteOver } from './hit-test.ts'
import type { RollRows } from './roll-rows.ts'

const VELOCITY_STEP = 5

export interface CellPlace {
  readonly step: number
  readonly pitch: Pitch
}

/** What the keys work on, and what they can do there. */
export interface KeyHands {
  rows(): RollRows
  /** As the rows show it. */
  pattern(): Pattern
  stepCount(): number
  readOnly(): boolean
  /** Whether Space writes here; else it is left to the transport. */
  takesSpace(): boolean
  cell(): CellPlace
  selected(): Note | undefined
  moveTo(cell: CellPlace): void
  toggle(step: number, pitch: Pitch): void
  change(note: Note, change: { velocity?: number; length?: number }): void
  remove(note: Note): void
  select(place: CellPlace | undefined): void
}

/** The keys of the grid; `true` when the key was one of them. */
export function rollKey(key: string, hands: KeyHands): boolean {
  const target = moved(key, hands)
  if (target !== undefined) {
    hands.moveTo(target)
    return true
  }
  if (key === 'Escape') {
    hands.select(undefined)
    return true
  }
  if (key === ' ' && !hands.takesSpace()) return false
  return !hands.readOnly() && edit(key, hands)
}

function edit(key: string, hands: KeyHands): boolean {
  const { step, pitch } = hands.cell()
  if (key === 'Enter' || key === ' ') {
    hands.select(hands.pattern().has(noteKey(step, pitch)) ? undefined : { step, pitch })
    hands.toggle(step, pitch)
    return true
  }
  const note = noteOver(hands.pattern(), step, pitch) ?? hands.selected()
  if (note === undefined) return false
  const change = changeOf(key, note, hands)
  if (change !== undefined) {
    hands.select(note)
    hands.change(note, change)
    return true
  }
  if (key !== 'Delete' && key !== 'Backspace') return false
  hands.remove(note)
  hands.select(undefined)
  return true
}

function moved(key: string, hands: KeyHands): CellPlace | undefined {
  const { step, pitch } = hands.cell()
  const rows = hands.rows()
  const { pitches, page } = rows
  const lastStep = hands.stepCount() - 1
  const to = (nextStep: number, up = 0): CellPlace => ({
    step: clamp(nextStep, 0, lastStep),
    pitch: pitches[clamp(rows.rowOf(pitch) - up, 0, pitches.length - 1)] ?? pitch,
  })
  switch (key) {
    case 'ArrowLeft':
      return to(step - 1)
    case 'ArrowRight':
      return to(step + 1)
    case 'ArrowUp':
      return to(step, 1)
    case 'ArrowDown':
      return to(step, -1)
    case 'PageUp':
      return to(step, page)
    case 'PageDown':
      return to(step, -page)
    case 'Home':
      return to(0)
    case 'End':
      return to(lastStep)
    default:
      return undefined
  }
}

function changeOf(
  key: string,
  note: Note,
  hands: KeyHands,
): { velocity: number } | { length: number } | undefined {
  const longest = Math.max(1, hands.stepCount() - note.step)
  if ('[]'.includes(key) && hands.rows().kind === 'pieces') return undefined
  switch (key) {
    case '[':
      return { length: clamp(note.length - 1, 1, longest) }
    case ']':
      return { length: clamp(note.length + 1, 1, longest) }
    case '-':
      return { velocity: clamp(note.velocity - VELOCITY_STEP, 1, 127) }
    case '=':
    case '+':
      return { velocity: clamp(note.velocity + VELOCITY_STEP, 1, 127) }
    default:
      return undefined
  }
}
