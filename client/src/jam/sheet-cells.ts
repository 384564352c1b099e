import {
  HIGHEST_PITCH,
  LOWEST_PITCH,
  MAX_STEPS,
  noteKey,
  type NoteKey,
  type Pitch,
} from '../sequence/pattern.ts'
import { noteEntry } from './doc-shape.ts'

/** A place in the roll. */
interface Cell {
  readonly step: number
  readonly pitch: Pitch
  /** In a pattern. */
  readonly key: NoteKey
  /** On a sheet. */
  readonly entry: string
  /** Step and pitch as one number. */
  readonly place: number
}

/** Pitches that have room beside a step in the number of a place. */
const PITCHES = 128

const byEntry = new Map<string, Cell>()
const byPlace = new Map<number, Cell>()
for (let step = 0; step < MAX_STEPS; step++) {
  for (let pitch = LOWEST_PITCH; pitch <= HIGHEST_PITCH; pitch++) {
    const place = step * PITCHES + pitch
    const cell = { step, pitch, key: noteKey(step, pitch), entry: noteEntry(step, pitch), place }
    byEntry.set(cell.entry, cell)
    byPlace.set(place, cell)
  }
}

/** Undefined for an entry that is no note of the roll. */
export const cellOfEntry = (entry: string): Cell | undefined => byEntry.get(entry)

export const cellOfPlace = (place: number): Cell | undefined => byPlace.get(place)
