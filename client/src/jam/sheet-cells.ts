import {
  MAX_STEPS,
  noteKey,
  PATTERN_NAMES,
  type NoteKey,
  type PatternName,
  type Pitch,
} from '../sequence/pattern.ts'
import { parseCell } from '../sequence/parse-song.ts'
import { noteEntry, splitNoteEntry } from './doc-shape.ts'

/** A place in the rolls of a track. */
interface Cell {
  readonly pattern: PatternName
  readonly step: number
  readonly pitch: Pitch
  /** In a pattern. */
  readonly key: NoteKey
  /** On a sheet. */
  readonly entry: string
  /** Pattern, step and pitch as one number. */
  readonly place: number
}

/** Pitches that have room beside a step in the number of a place. */
const PITCHES = 128

/** Made as they come up, and kept: no more than there are places. */
const cells = new Map<string, Cell>()

/** Undefined for an entry that is no note of a roll. */
export function cellOfEntry(entry: string): Cell | undefined {
  const known = cells.get(entry)
  if (known !== undefined) return known
  const parts = splitNoteEntry(entry)
  const found = parts && parseCell(parts.step, parts.pitch)
  if (parts === undefined || found === undefined) return undefined
  const { pattern } = parts
  const { step, pitch } = found
  const row = PATTERN_NAMES.indexOf(pattern) * MAX_STEPS + step
  const place = row * PITCHES + pitch
  const cell = { pattern, step, pitch, key: noteKey(step, pitch), entry, place }
  cells.set(entry, cell)
  return cell
}

export function cellOfPlace(place: number): Cell | undefined {
  const pitch = place % PITCHES
  const row = Math.floor(place / PITCHES)
  const pattern = PATTERN_NAMES[Math.floor(row / MAX_STEPS)]
  return pattern && cellOfEntry(noteEntry(row % MAX_STEPS, pitch, pattern))
}
