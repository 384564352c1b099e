import type { LaneChord } from '../../sequence/chord-lane.ts'
import { CHORD_WORDS as WORDS } from '../../words/chords.ts'
import { PITCH_CLASS_NAMES } from '../grid/pitch-name.ts'

type Named = Pick<LaneChord, 'root' | 'quality'>

/** Such as "Am7". */
export const chordName = ({ root, quality }: Named): string =>
  `${PITCH_CLASS_NAMES[root]}${WORDS.signs[quality]}`

/** Such as "A minor seventh", to be read aloud. */
export const spokenChord = ({ root, quality }: Named): string =>
  `${PITCH_CLASS_NAMES[root]} ${WORDS.qualities[quality].toLowerCase()}`

/** Such as "C G Am F". */
export const chordNames = (chords: readonly Named[]): string => chords.map(chordName).join(' ')
