/** What can be done to any notes, of a whole pattern, a row or a choice of them. */
const SHARED_EDITS = [
  'earlier',
  'later',
  'mirror',
  'un-nudge',
  'quantise-2',
  'quantise-4',
  'humanise',
  'vary',
  'crescendo',
  'diminuendo',
  'double',
  'halve',
] as const

/** What only notes that have pitches know. */
export const PITCH_EDITS = [
  'octave-up',
  'octave-down',
  'degree-up',
  'degree-down',
  'semitone-up',
  'semitone-down',
] as const

/** What is done to one row of a kit. */
export const ROW_EDITS = ['fill-1', 'fill-2', 'fill-4', 'clear-row'] as const

export const PATTERN_EDITS = [...PITCH_EDITS, ...SHARED_EDITS] as const
export type PatternEdit = (typeof PATTERN_EDITS)[number]
export type EditId = PatternEdit | (typeof ROW_EDITS)[number]

/** What can be done to a whole pattern. */
export const editsFor = (isDrums: boolean): readonly PatternEdit[] =>
  isDrums ? SHARED_EDITS : PATTERN_EDITS
