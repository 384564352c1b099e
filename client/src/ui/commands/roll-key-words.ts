import { COMMAND_WORDS } from '../../words/commands.ts'
import type { Chord } from './command-keys.ts'

export interface RollKeyFace {
  readonly chords: readonly Chord[]
  readonly words: string
}

const WORDS = COMMAND_WORDS.rollKeys

/** The keys that the notes themselves take while they have the focus. */
export const ROLL_KEYS: readonly RollKeyFace[] = [
  { chords: ['←', '→', '↑', '↓'], words: WORDS.walk },
  { chords: ['Home', 'End'], words: WORDS.ends },
  { chords: ['PageUp', 'PageDown'], words: WORDS.page },
  { chords: ['Enter', 'Space'], words: WORDS.write },
  { chords: ['Shift+Enter'], words: WORDS.selectToo },
  { chords: ['Ctrl+A'], words: WORDS.selectAll },
  { chords: ['Alt+←', 'Alt+→'], words: WORDS.moveSteps },
  { chords: ['Alt+↑', 'Alt+↓'], words: WORDS.moveRows },
  { chords: ['Shift+↑', 'Shift+↓'], words: WORDS.moveOctaves },
  { chords: ['Shift+←', 'Shift+→'], words: WORDS.length },
  { chords: ['[', ']'], words: WORDS.velocity },
  { chords: ['Ctrl+C', 'Ctrl+X', 'Ctrl+V'], words: WORDS.clipboard },
  { chords: ['Ctrl+D'], words: WORDS.duplicate },
  { chords: ['Delete'], words: WORDS.remove },
  { chords: ['B', 'P', 'V', 'E'], words: WORDS.tools },
  { chords: ['-', '+', '0', 'F'], words: WORDS.zoom },
  { chords: ['Escape'], words: WORDS.drop },
]
