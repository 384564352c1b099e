import { CHORD_TONES, type ChordQuality, type LaneChord } from '../../sequence/chord-lane.ts'
import { SCALES, type PitchClass, type ScaleName } from '../../sequence/scale.ts'

export type KeyChord = Pick<LaneChord, 'root' | 'quality'>

/** Where a scale says little about chords, the one whose chords are used with it. */
const CHORD_SCALES: Readonly<Partial<Record<ScaleName, ScaleName>>> = {
  chromatic: 'major',
  'pentatonic major': 'major',
  'pentatonic minor': 'natural minor',
  blues: 'natural minor',
}
/** The first of these that fits is the chord of a degree. */
const WANTED: readonly ChordQuality[] = ['major', 'minor', 'dim', 'aug', 'sus4', 'sus2', '7']

export const chordScale = (scale: ScaleName): ScaleName => CHORD_SCALES[scale] ?? scale

/** The chords that a key has by itself, one for each degree that has any, from its root up. */
export function keyChords(root: PitchClass, scale: ScaleName): readonly KeyChord[] {
  const degrees: readonly number[] = SCALES[chordScale(scale)]
  return degrees.flatMap((degree) => {
    const quality = WANTED.find((each) =>
      CHORD_TONES[each].every((tone) => degrees.includes((degree + tone) % 12)),
    )
    return quality === undefined ? [] : [{ root: above(root, degree), quality }]
  })
}

/** Whether the key is a minor one. */
export const isMinor = (scale: ScaleName): boolean => {
  const degrees: readonly number[] = SCALES[chordScale(scale)]
  return degrees.includes(3) && !degrees.includes(4)
}

export const above = (root: PitchClass, semitones: number): PitchClass =>
  ((root + semitones) % 12) as PitchClass
