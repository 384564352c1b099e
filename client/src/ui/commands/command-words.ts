import { COMMAND_WORDS } from '../../words/commands.ts'
import { EDIT_WORDS } from '../../words/edits.ts'
import { PATTERN_EDITS, type PatternEdit } from '../edits/edit-ids.ts'
import type { CommandId } from './command-ids.ts'
import type { Command } from './commands.ts'

const { groups, names, openTrack } = COMMAND_WORDS

/** How commands are grouped, in this order. */
export const GROUPS = [
  groups.playing,
  groups.edit,
  groups.pattern,
  groups.goTo,
  groups.room,
  groups.help,
] as const
export type Group = (typeof GROUPS)[number]

const GROUP_OF: Readonly<Record<CommandId, Group>> = {
  play: groups.playing,
  tap: groups.playing,
  metronome: groups.playing,
  'count-in': groups.playing,
  hands: groups.playing,
  record: groups.playing,
  'keep-played': groups.playing,
  'take-turns': groups.playing,
  'step-by-step': groups.playing,
  panic: groups.playing,
  undo: groups.edit,
  redo: groups.edit,
  'clear-track': groups.edit,
  ...patternWide(() => groups.pattern),
  mixer: groups.goTo,
  'open-notes': groups.goTo,
  'open-sound': groups.goTo,
  'open-tracks': groups.goTo,
  chat: groups.goTo,
  'open-riffs': groups.goTo,
  'open-chords': groups.goTo,
  'open-track': groups.goTo,
  'keep-riff': groups.room,
  'save-song': groups.room,
  'open-song': groups.room,
  'midi-file': groups.room,
  'export-audio': groups.room,
  'keep-bars': groups.room,
  'record-audio': groups.room,
  install: groups.room,
  details: groups.room,
  leave: groups.room,
  palette: groups.help,
  keys: groups.help,
}

const NAMES: Readonly<Record<Exclude<CommandId, 'open-track'>, string>> = {
  ...names,
  ...patternWide((id) => EDIT_WORDS.faces[id].words),
}

export const groupOf = ({ id }: Command): Group => GROUP_OF[id]

/** What is shown of a command, and searched. */
export function wordsOf({ id, of }: Command): string {
  if (id === 'open-track') return openTrack(of?.name ?? '')
  return NAMES[id]
}

function patternWide<Said>(say: (id: PatternEdit) => Said): Readonly<Record<PatternEdit, Said>> {
  return Object.fromEntries(PATTERN_EDITS.map((id) => [id, say(id)])) as Record<PatternEdit, Said>
}
