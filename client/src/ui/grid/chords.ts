import { HIGHEST_PITCH } from '../../sequence/pattern.ts'
import type { Pitch } from '../../sequence/pattern.ts'
import { isInScale, SCALES, soundingPitch } from '../../sequence/scale.ts'
import type { PitchClass, ScaleName } from '../../sequence/scale.ts'

/** A tone of a chord: degrees above the lowest in a scale of seven; elsewhere the first of these semitones in the scale. */
interface Tone {
  readonly degrees: number
  readonly semitones: readonly [number, ...number[]]
}

const SECOND: Tone = { degrees: 1, semitones: [2, 1, 3] }
const THIRD: Tone = { degrees: 2, semitones: [4, 3, 5, 2] }
const FOURTH: Tone = { degrees: 3, semitones: [5, 6, 4] }
const FIFTH: Tone = { degrees: 4, semitones: [7, 6, 8] }
const SEVENTH: Tone = { degrees: 6, semitones: [10, 11, 9] }
const OCTAVE: Tone = { degrees: 7, semitones: [12] }
const NINTH: Tone = { degrees: 8, semitones: [14, 13, 15] }

/** What is written above the pitch that was pointed at. */
const TONES = {
  none: [],
  octave: [OCTAVE],
  fifth: [FIFTH],
  triad: [THIRD, FIFTH],
  sus2: [SECOND, FIFTH],
  sus4: [FOURTH, FIFTH],
  seventh: [THIRD, FIFTH, SEVENTH],
  ninth: [THIRD, FIFTH, SEVENTH, NINTH],
} as const satisfies Readonly<Record<string, readonly Tone[]>>

export type Chord = keyof typeof TONES
export const CHORDS = Object.keys(TONES) as readonly Chord[]

const DEGREES = 7
const SEMITONES = 12

/** The pitches of a chord within the scale, from its lowest, which is the sounding pitch of the given one. */
export function chordPitches(
  pitch: Pitch,
  chord: Chord,
  root: PitchClass,
  scale: ScaleName,
): readonly Pitch[] {
  if (chord === 'none') return [pitch]
  const lowest = soundingPitch(pitch, root, scale)
  const pitches = TONES[chord].map((tone) => lowest + semitonesOf(tone, lowest, root, scale))
  return [lowest, ...new Set(pitches)].filter((each) => each <= HIGHEST_PITCH)
}

function semitonesOf(tone: Tone, lowest: Pitch, root: PitchClass, scale: ScaleName): number {
  const degrees: readonly number[] = SCALES[scale]
  const above = (lowest - root + SEMITONES * 2) % SEMITONES
  const degree = degrees.indexOf(above)
  if (degrees.length !== DEGREES || degree < 0) {
    const fitting = tone.semitones.find((each) => isInScale(lowest + each, root, scale))
    return fitting ?? tone.semitones[0]
  }
  const reached = degree + tone.degrees
  const octaves = Math.floor(reached / DEGREES)
  return (degrees[reached % DEGREES] ?? 0) + octaves * SEMITONES - above
}
