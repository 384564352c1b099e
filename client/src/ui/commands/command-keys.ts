import type { CommandId } from './command-ids.ts'

/**
 * Keys that are pressed together: a letter, digit or sign, or the name of a key, after what is held. `Mod` is Control, or
 * Command on a Mac.
 */
export type Chord = string

/** The only place where keys are given to commands. */
export const COMMAND_KEYS: Readonly<Partial<Record<CommandId, readonly Chord[]>>> = {
  play: ['Space'],
  tap: ['T'],
  metronome: ['M'],
  hands: ['P'],
  record: ['R'],
  'keep-played': ['Mod+Enter'],
  // The second is for where the first is typed: in a message, or on a knob.
  panic: ['.', 'Mod+.'],
  undo: ['Mod+Z'],
  redo: ['Mod+Shift+Z', 'Mod+Y'],
  mixer: ['X'],
  palette: ['Mod+K'],
  keys: ['?'],
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

export const isWithMod = (chord: Chord): boolean => chord.startsWith('Mod+')

export function isPressed(chord: Chord, event: Pressed): boolean {
  const held = chord.split('+')
  const key = held.pop() ?? ''
  if (event.altKey || (event.ctrlKey || event.metaKey) !== held.includes('Mod')) return false
  // Whether a sign needs Shift depends on the keyboard.
  if (/^\w/.test(key) && event.shiftKey !== held.includes('Shift')) return false
  return keyOf(event) === key
}

/** On keyboards without Latin letters, the one that is printed in that place elsewhere. */
function keyOf({ key, code }: Pressed): string {
  if (key === ' ') return 'Space'
  if (key.length !== 1) return key
  const isForeign = key > '\u007f' && code.startsWith('Key')
  return isForeign ? code.slice('Key'.length) : key.toUpperCase()
}

const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧' }
const SIGNS: Readonly<Record<string, string>> = { Mod: 'Ctrl', Shift: 'Shift' }

/** The keys of a chord as they are printed. */
export const chordWords = (chord: Chord, isMac: boolean): readonly string[] =>
  chord.split('+').map((key) => (isMac ? MAC_SIGNS : SIGNS)[key] ?? key)

/** As `aria-keyshortcuts` wants it. */
export const chordForAria = (chord: Chord, isMac: boolean): string =>
  chord.replace('Mod', isMac ? 'Meta' : 'Control')

export const isMacHere = (): boolean => /Mac|iP(hone|ad|od)/.test(navigator.platform)
