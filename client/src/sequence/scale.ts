import { HIGHEST_PITCH, LOWEST_PITCH, type Pitch } from './pattern.ts'

/** 0 = C to 11 = B. */
export type PitchClass = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11

/** Semitones above the root, ascending from 0. */
export const SCALES = {
  chromatic: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  major: [0, 2, 4, 5, 7, 9, 11],
  'natural minor': [0, 2, 3, 5, 7, 8, 10],
  'harmonic minor': [0, 2, 3, 5, 7, 8, 11],
  'melodic minor': [0, 2, 3, 5, 7, 9, 11],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  phrygian: [0, 1, 3, 5, 7, 8, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  locrian: [0, 1, 3, 5, 6, 8, 10],
  'pentatonic major': [0, 2, 4, 7, 9],
  'pentatonic minor': [0, 3, 5, 7, 10],
  blues: [0, 3, 5, 6, 7, 10],
  'whole tone': [0, 2, 4, 6, 8, 10],
  diminished: [0, 2, 3, 5, 6, 8, 9, 11],
  augmented: [0, 3, 4, 7, 8, 11],
} as const satisfies Readonly<Record<string, readonly number[]>>

export type ScaleName = keyof typeof SCALES

/** Farthest that a written pitch may lie from the one that sounds for it, in semitones. */
const FARTHEST = 6

export function isInScale(pitch: Pitch, root: PitchClass, scale: ScaleName): boolean {
  const degrees: readonly number[] = SCALES[scale]
  return degrees.includes((((pitch - root) % 12) + 12) % 12)
}

/**
 * The pitch that sounds for a written one: the nearest of the scale, the lower of two equally near ones.
 *
 * @returns always within 24 to 108; near these edges the nearest that lies inside
 */
export function soundingPitch(written: Pitch, root: PitchClass, scale: ScaleName): Pitch {
  const pitch = Math.min(HIGHEST_PITCH, Math.max(LOWEST_PITCH, Math.round(written)))
  for (let distance = 0; distance <= FARTHEST; distance++) {
    const below = pitch - distance
    if (below >= LOWEST_PITCH && isInScale(below, root, scale)) return below
    const above = pitch + distance
    if (above <= HIGHEST_PITCH && isInScale(above, root, scale)) return above
  }
  return pitch
}
