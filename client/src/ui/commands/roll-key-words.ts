import type { Chord } from './command-keys.ts'

export interface RollKeyFace {
  readonly chords: readonly Chord[]
  readonly words: string
}

/** The keys that the notes themselves take while they have the focus. */
export const ROLL_KEYS: readonly RollKeyFace[] = [
  { chords: ['←', '→', '↑', '↓'], words: 'Walk the steps and rows' },
  { chords: ['Home', 'End'], words: 'First and last step' },
  { chords: ['PageUp', 'PageDown'], words: 'An octave, or four rows of a kit' },
  { chords: ['Enter', 'Space'], words: 'Write a note, or take it away' },
  { chords: ['[', ']'], words: 'Shorter, longer' },
  { chords: ['-', '='], words: 'Softer, louder' },
  { chords: ['Delete'], words: 'Take the note away' },
  { chords: ['Escape'], words: 'Select nothing' },
]
