import type { ChordQuality, LaneChord } from '../../sequence/chord-lane.ts'
import { CHORD_WORDS as WORDS } from '../../words/chords.ts'
import { PITCH_CLASS_NAMES } from '../grid/pitch-name.ts'

/** Behind the root, as musicians of all languages write it. */
const SIGNS: Readonly<Record<ChordQuality, string>> = {
  major: '',
  minor: 'm',
  '7': '7',
  maj7: 'maj7',
  m7: 'm7',
  sus2: 'sus2',
  sus4: 'sus4',
  dim: 'dim',
  aug: 'aug',
  m7b5: 'm7♭5',
  dim7: 'dim7',
  '6': '6',
  m6: 'm6',
  '9': '9',
  maj9: 'maj9',
  m9: 'm9',
  add9: 'add9',
  '5': '5',
}

type Named = Pick<LaneChord, 'root' | 'quality'>

/** Such as "Am7". */
export const chordName = ({ root, quality }: Named): string =>
  `${PITCH_CLASS_NAMES[root]}${SIGNS[quality]}`

/** Such as "A minor seventh", to be read aloud. */
export const spokenChord = ({ root, quality }: Named): string =>
  `${PITCH_CLASS_NAMES[root]} ${WORDS.qualities[quality].toLowerCase()}`

/** Such as "C G Am F". */
export const chordNames = (chords: readonly Named[]): string => chords.map(chordName).join(' ')
