import type { PatternName } from '../../sequence/pattern.ts'

/** How the eight patterns, and their rows, are called where nobody has named them. */
export const patternLabel = (name: PatternName): string => name.toUpperCase()

export const PATTERN_WORDS = {
  patterns: (track: string) => `Patterns of ${track}`,
  open: (label: string, isPlaying: boolean, isFilled: boolean) =>
    `Pattern ${label}${isPlaying ? ', playing' : ''}${isFilled ? '' : ', empty'}`,
  more: 'What it plays, length and swing',
  launch: (label: string) => `Play ${label}`,
  launchTitle: 'From the next bar on, for everybody',
  silence: 'Silence',
  comeIn: 'Come in',
  silenceTitle: 'With the next bar this track falls silent, for everybody',
  comeInTitle: 'With the next bar this track comes in, for everybody',
  alone: 'Alone',
  aloneTitle: 'With the next bar all other tracks fall silent, for everybody',
  allIn: 'All in',
  allInTitle: 'With the next bar all tracks come in, for everybody',
  inBeats: (beats: number) => `in ${beats}`,
  steps: 'Length',
  songSteps: (count: number) => `Song: ${count}`,
  swing: 'Swing',
  songSwing: (percent: number) => `Song: ${percent} %`,
  percent: (percent: number) => `${percent} %`,
} as const

export const SCENE_WORDS = {
  title: 'Scenes',
  launch: (label: string, name: string | undefined) =>
    `Play ${name === undefined ? '' : `${name}, `}pattern ${label} of all tracks`,
  edit: 'Name scenes',
  done: 'Done',
  name: (label: string) => `Name of scene ${label}`,
  unnamed: 'No name',
  launchTitle: 'With the next bar, for everybody; tracks without notes in it play on',
  drop: 'Drop',
  dropTitle: 'Silence for the next bar, and all back on the one; once more calls it off',
} as const

export const TRACK_WORDS = {
  more: (name: string) => `More about ${name}`,
  name: 'Name',
  rename: 'Rename',
  duplicate: 'Duplicate',
  up: 'Move up',
  down: 'Move down',
  lock: 'Lock for others',
  unlock: 'Unlock',
  adopt: 'Make it mine',
  tint: 'Colour',
  ownTint: 'As its owner',
  tintOf: (index: number) => `Colour ${index + 1}`,
  remove: 'Remove',
  locked: 'locked',
  silent: 'silent',
  titles: { synth: 'Synth', drums: 'Drums' },
  addSynth: 'Add synth',
  addDrums: 'Add drums',
  full: 'This jam has as many tracks as it takes.',
  gone: (name: string) => `${name} is gone`,
} as const

export const HISTORY_WORDS = {
  undo: 'Undo last edit',
  redo: 'Redo last edit',
  undoTitle: 'Take back what you did last (Ctrl+Z); what others wrote stays',
  redoTitle: 'Do it again (Ctrl+Shift+Z)',
  overtaken: 'Somebody has changed that since: it stays as it is.',
  partly: 'Some of it somebody has changed since: that stays as it is.',
  list: 'What I did',
  listTitle: 'All that can be taken back, the latest first',
  takeBack: (words: string) => `Take back: ${words}`,
  nothing: 'Nothing yet: what you write shows up here.',
  takeThisBack: 'Take back',
  undone: 'taken back',
} as const
