import type { Pitch } from '../../sequence/pattern.ts'
import type { PitchClass } from '../../sequence/scale.ts'

export const PITCH_CLASS_NAMES = [
  'C',
  'C♯',
  'D',
  'D♯',
  'E',
  'F',
  'F♯',
  'G',
  'G♯',
  'A',
  'A♯',
  'B',
] as const

const BLACK_KEYS: ReadonlySet<number> = new Set([1, 3, 6, 8, 10])

export const pitchClassOf = (pitch: Pitch): PitchClass => (pitch % 12) as PitchClass

/** Such as "C4", which is MIDI note 60. */
export const pitchName = (pitch: Pitch): string =>
  `${PITCH_CLASS_NAMES[pitchClassOf(pitch)]}${Math.floor(pitch / 12) - 1}`

export const isBlackKey = (pitch: Pitch): boolean => BLACK_KEYS.has(pitchClassOf(pitch))
