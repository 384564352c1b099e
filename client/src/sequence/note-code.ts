import { MAX_NUDGE, MAX_RATCHET, MAX_STEPS, type Note } from './pattern.ts'

/** What is stored for a note besides its place. */
export type NoteTouch = Omit<Note, 'step' | 'pitch'>

/** Each part of the stored number: how many values it has, lowest digits first. */
const VELOCITIES = 128
/** The longest, 64, stands as 0. */
const LENGTHS = 64
const CHANCES = 128
const RATCHETS = 4
const FLAGS = 4
const NUDGES = 2 * MAX_NUDGE + 1
const CERTAIN = 100

/**
 * Puts everything about a note into the one number that is stored; clamps each. A note with nothing but velocity and
 * length is `velocity + 128 * length`, as it always was; the rest stands above, below 2^30 in all.
 */
export function packNote(note: NoteTouch): number {
  const { velocity, length, chance = CERTAIN, ratchet = 1, nudge = 0 } = note
  const digits: readonly (readonly [digit: number, base: number])[] = [
    [clampWhole(velocity, 1, 127), VELOCITIES],
    [clampWhole(length, 1, MAX_STEPS) % LENGTHS, LENGTHS],
    [CERTAIN - clampWhole(chance, 1, CERTAIN), CHANCES],
    [clampWhole(ratchet, 1, MAX_RATCHET) - 1, RATCHETS],
    [(note.accent === true ? 1 : 0) + (note.flam === true ? 2 : 0), FLAGS],
    [zigzag(clampWhole(nudge, -MAX_NUDGE, MAX_NUDGE, 0)), NUDGES],
  ]
  return digits.reduceRight((sum, [digit, base]) => sum * base + digit, 0)
}

/** @returns undefined for anything that `packNote` does not make; what a note does not have is left out */
export function unpackNote(value: unknown): NoteTouch | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return undefined
  let rest = value
  const digit = (base: number): number => {
    const low = rest % base
    rest = (rest - low) / base
    return low
  }
  const velocity = digit(VELOCITIES)
  const length = digit(LENGTHS) || LENGTHS
  const [doubt, ratchet, flags] = [digit(CHANCES), digit(RATCHETS), digit(FLAGS)]
  const nudge = unzigzag(digit(NUDGES))
  if (velocity < 1 || doubt >= CERTAIN || rest > 0) return undefined
  return {
    velocity,
    length,
    ...(doubt > 0 ? { chance: CERTAIN - doubt } : {}),
    ...(ratchet > 0 ? { ratchet: ratchet + 1 } : {}),
    ...(flags % 2 === 1 ? { accent: true } : {}),
    ...(flags >= 2 ? { flam: true } : {}),
    ...(nudge === 0 ? {} : { nudge }),
  }
}

/** 0, -1, 1, -2 … as 0, 1, 2, 3 … */
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value)
const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2)

const clampWhole = (value: number, min: number, max: number, none = min): number =>
  Number.isNaN(value) ? none : Math.min(max, Math.max(min, Math.round(value)))
