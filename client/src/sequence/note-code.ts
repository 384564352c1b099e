import { MAX_STEPS, type Note } from './pattern.ts'

/** What is stored for a note besides its place. */
export type NoteTouch = Pick<Note, 'velocity' | 'length'>

const MAX_VELOCITY = 127
const LENGTH_UNIT = 128

/** Puts velocity and length into the one number that is stored, `velocity + 128 * length`; clamps both. */
export const packNote = ({ velocity, length }: NoteTouch): number =>
  clampWhole(velocity, MAX_VELOCITY) + LENGTH_UNIT * clampWhole(length, MAX_STEPS)

/** @returns undefined for anything that `packNote` does not make */
export function unpackNote(value: unknown): NoteTouch | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return undefined
  const velocity = value % LENGTH_UNIT
  const length = (value - velocity) / LENGTH_UNIT
  if (velocity < 1 || length < 1 || length > MAX_STEPS) return undefined
  return { velocity, length }
}

const clampWhole = (value: number, max: number): number =>
  Number.isNaN(value) ? 1 : Math.min(max, Math.max(1, Math.round(value)))
