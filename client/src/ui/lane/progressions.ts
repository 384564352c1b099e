import type { ChordLane, ChordQuality } from '../../sequence/chord-lane.ts'
import type { PitchClass, ScaleName } from '../../sequence/scale.ts'
import type { CHORD_WORDS } from '../../words/chords.ts'
import { above, isMinor } from './key-chords.ts'

type ProgressionName = keyof (typeof CHORD_WORDS)['progressions']

/** Semitones above the key's root, what is built there, and half bars. */
type Step = readonly [number, ChordQuality, number?]

const MAJOR: readonly (readonly [ProgressionName, readonly Step[]])[] = [
  ['pop', [[0, 'major'], [7, 'major'], [9, 'minor'], [5, 'major']]],
  ['fifties', [[0, 'major'], [9, 'minor'], [5, 'major'], [7, 'major']]],
  ['hopeful', [[9, 'minor'], [5, 'major'], [0, 'major'], [7, 'major']]],
  ['jazz', [[2, 'm7'], [7, '7'], [0, 'maj7', 4]]],
  ['blues', [[0, '7', 8], [5, '7', 4], [0, '7', 4], [7, '7'], [5, '7'], [0, '7'], [7, '7']]],
  [
    'canon',
    [
      [0, 'major'], [7, 'major'], [9, 'minor'], [4, 'minor'],
      [5, 'major'], [0, 'major'], [5, 'major'], [7, 'major'],
    ],
  ],
  ['mixolydian', [[0, 'major', 4], [10, 'major'], [5, 'major']]],
] // prettier-ignore

const MINOR: readonly (readonly [ProgressionName, readonly Step[]])[] = [
  ['minorPop', [[0, 'minor'], [8, 'major'], [3, 'major'], [10, 'major']]],
  ['andalusian', [[0, 'minor'], [10, 'major'], [8, 'major'], [7, 'major']]],
  ['minorJazz', [[2, 'm7b5'], [7, '7'], [0, 'm7', 4]]],
  ['dorian', [[0, 'm7'], [5, '7']]],
  [
    'minorBlues',
    [[0, 'm7', 8], [5, 'm7', 4], [0, 'm7', 4], [8, '7'], [7, '7'], [0, 'm7'], [7, '7']],
  ],
] // prettier-ignore

/** A bar, where nothing else is said. */
const USUAL_HALF_BARS = 2

export interface Progression {
  readonly name: ProgressionName
  readonly chords: ChordLane
}

/** Ready ones in a key, those of the other mode left out. */
export const progressionsIn = (root: PitchClass, scale: ScaleName): readonly Progression[] =>
  (isMinor(scale) ? MINOR : MAJOR).map(([name, steps]) => ({
    name,
    chords: steps.map(([semitones, quality, halfBars = USUAL_HALF_BARS]) => ({
      root: above(root, semitones),
      quality,
      halfBars,
    })),
  }))
