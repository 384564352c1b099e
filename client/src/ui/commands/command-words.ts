import { EDIT_FACES } from '../edits/edit-words.ts'
import { PATTERN_EDITS } from '../edits/edit-ids.ts'
import type { CommandId } from './command-ids.ts'
import type { Command } from './commands.ts'

/** How commands are grouped, in this order. */
export const GROUPS = ['Playing', 'Edit', 'Pattern', 'Go to', 'Room', 'Help'] as const
export type Group = (typeof GROUPS)[number]

interface CommandFace {
  readonly words: string
  readonly group: Group
}

const PATTERN_FACES = Object.fromEntries(
  PATTERN_EDITS.map((id) => [id, { words: EDIT_FACES[id].words, group: 'Pattern' }]),
) as Readonly<Record<(typeof PATTERN_EDITS)[number], CommandFace>>

const FACES: Readonly<Record<CommandId, CommandFace>> = {
  play: { words: 'Play or stop, for everybody', group: 'Playing' },
  tap: { words: 'Tap the tempo', group: 'Playing' },
  metronome: { words: 'Metronome on or off', group: 'Playing' },
  'count-in': { words: 'Count-in on or off', group: 'Playing' },
  panic: { words: 'Panic: silence every voice and echo here', group: 'Playing' },
  undo: { words: 'Undo what you did last', group: 'Edit' },
  redo: { words: 'Redo', group: 'Edit' },
  'clear-track': { words: 'Clear the notes of the open track', group: 'Edit' },
  ...PATTERN_FACES,
  mixer: { words: 'Mixer, or back to the notes', group: 'Go to' },
  'open-notes': { words: 'Notes', group: 'Go to' },
  'open-sound': { words: 'Sound', group: 'Go to' },
  'open-tracks': { words: 'Tracks', group: 'Go to' },
  chat: { words: 'Chat', group: 'Go to' },
  'open-track': { words: 'Track of', group: 'Go to' },
  'save-song': { words: 'Save the song to a file', group: 'Room' },
  'open-song': { words: 'Open a song from a file', group: 'Room' },
  details: { words: 'Connection details', group: 'Room' },
  leave: { words: 'Leave the jam', group: 'Room' },
  palette: { words: 'Find a command', group: 'Help' },
  keys: { words: 'All keys', group: 'Help' },
}

export const groupOf = ({ id }: Command): Group => FACES[id].group

/** What is shown of a command, and searched. */
export const wordsOf = ({ id, of }: Command): string =>
  of === undefined ? FACES[id].words : `${FACES[id].words} ${of.name}`

export const PALETTE_WORDS = {
  title: 'Commands',
  field: 'Find a command',
  hint: 'What do you want to do?',
  none: 'No command of that name.',
  recent: 'Lately',
  count: (count: number) => (count === 1 ? '1 command' : `${count} commands`),
} as const

export const SHEET_WORDS = {
  title: 'Keys',
  close: 'Close',
  roll: 'In the notes',
  aside: 'Single keys do nothing while you type. Escape closes what is open.',
} as const
