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
  { chords: ['Shift+Enter'], words: 'Select the note too, or no more' },
  { chords: ['Ctrl+A'], words: 'Select all' },
  { chords: ['Alt+←', 'Alt+→'], words: 'Move what is selected by a step' },
  { chords: ['Alt+↑', 'Alt+↓'], words: 'Move it by a row' },
  { chords: ['Shift+↑', 'Shift+↓'], words: 'Move it by an octave' },
  { chords: ['Shift+←', 'Shift+→'], words: 'Shorter, longer' },
  { chords: ['[', ']'], words: 'Softer, louder' },
  { chords: ['Ctrl+C', 'Ctrl+X', 'Ctrl+V'], words: 'Copy, cut, paste, on any track' },
  { chords: ['Ctrl+D'], words: 'Once more behind itself' },
  { chords: ['Delete'], words: 'Take it away' },
  { chords: ['B', 'P', 'V', 'E'], words: 'Draw, paint, select, erase' },
  { chords: ['-', '+', '0', 'F'], words: 'Zoom out, in, as at first, all notes' },
  { chords: ['Escape'], words: 'Select nothing' },
]
