import type { EditId } from './edit-ids.ts'

/** What is shown of an edit: a short label among others, and what it does. */
export interface EditFace {
  readonly label: string
  readonly words: string
}

export const EDIT_FACES: Readonly<Record<EditId, EditFace>> = {
  earlier: { label: '← Earlier', words: 'Move a step earlier, round the loop' },
  later: { label: 'Later →', words: 'Move a step later, round the loop' },
  mirror: { label: 'Mirror', words: 'Play backwards' },
  'un-nudge': { label: '1 step', words: 'Put every note on its step' },
  'quantise-2': { label: '2 steps', words: 'Put every note on the nearest second step' },
  'quantise-4': { label: '4 steps', words: 'Put every note on the nearest fourth step' },
  humanise: { label: 'Humanise', words: 'Let loudness and time stray a little' },
  vary: { label: 'Vary', words: 'Another groove of the same kind' },
  crescendo: { label: 'Get louder', words: 'Get louder over the loop' },
  diminuendo: { label: 'Get softer', words: 'Get softer over the loop' },
  double: { label: 'Double', words: 'Copy the first half of the loop to the second' },
  halve: { label: 'Halve', words: 'Empty the second half of the loop' },
  'octave-up': { label: 'Octave up', words: 'An octave up' },
  'octave-down': { label: 'Octave down', words: 'An octave down' },
  'degree-up': { label: 'Degree up', words: 'A degree of the scale up' },
  'degree-down': { label: 'Degree down', words: 'A degree of the scale down' },
  'semitone-up': { label: 'Semitone up', words: 'A semitone up' },
  'semitone-down': { label: 'Semitone down', words: 'A semitone down' },
  'fill-1': { label: 'Every step', words: 'Strike every step that is empty' },
  'fill-2': { label: 'Every 2nd', words: 'Strike every second step' },
  'fill-4': { label: 'Every 4th', words: 'Strike every fourth step' },
  'clear-row': { label: 'Clear row', words: 'Take all strokes of the row away' },
}

export const PATTERN_WORDS = {
  row: 'Row',
  allRows: 'All rows',
  scope: 'What is edited',
  whole: 'Whole pattern',
  chosen: (count: number) => (count === 1 ? 'Selected note' : `${count} selected notes`),
  empty: 'Nothing is written here yet.',
  pitch: 'Pitch',
  move: 'Move',
  grid: 'Quantise',
  feel: 'Feel',
  loop: 'Loop',
  fill: 'Fill',
  euclid: 'Euclidean rhythm',
  pulses: 'Pulses',
  steps: 'Over steps',
  rotation: 'Rotation',
  rhythm: (struck: readonly number[], steps: number) =>
    struck.length === 0
      ? `No stroke in ${steps} steps`
      : `Strokes on ${struck.join(', ')} of ${steps} steps`,
  write: (row: string) => `Write to ${row}`,
  done: (words: string) => `Done: ${words}`,
} as const
