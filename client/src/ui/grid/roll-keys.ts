import { HIGHEST_PITCH, LOWEST_PITCH, noteKey } from '../../sequence/pattern.ts'
import type { Note, Pattern, Pitch } from '../../sequence/pattern.ts'
import { clamp } from './geometry.ts'
import { noteOver } from './hit-test.ts'

const VELOCITY_STEP = 5
const OCTAVE = 12

export interface CellPlace {
  readonly step: number
  readonly pitch: Pitch
}

/** What the keys work on, and what they can do there. */
export interface KeyHands {
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
  const target = moved(key, hands.cell(), hands.stepCount())
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
  const change = changeOf(key, note, hands.stepCount())
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

function moved(key: string, { step, pitch }: CellPlace, stepCount: number): CellPlace | undefined {
  const to = (nextStep: number, nextPitch: Pitch): CellPlace => ({
    step: clamp(nextStep, 0, stepCount - 1),
    pitch: clamp(nextPitch, LOWEST_PITCH, HIGHEST_PITCH),
  })
  switch (key) {
    case 'ArrowLeft':
      return to(step - 1, pitch)
    case 'ArrowRight':
      return to(step + 1, pitch)
    case 'ArrowUp':
      return to(step, pitch + 1)
    case 'ArrowDown':
      return to(step, pitch - 1)
    case 'PageUp':
      return to(step, pitch + OCTAVE)
    case 'PageDown':
      return to(step, pitch - OCTAVE)
    case 'Home':
      return to(0, pitch)
    case 'End':
      return to(stepCount - 1, pitch)
    default:
      return undefined
  }
}

function changeOf(
  key: string,
  note: Note,
  stepCount: number,
): { velocity: number } | { length: number } | undefined {
  const longest = Math.max(1, stepCount - note.step)
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
