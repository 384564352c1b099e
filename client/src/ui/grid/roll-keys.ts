import type { Shift } from './note-moves.ts'
import type { Tool } from './tools.ts'
import { TOOL_KEYS } from './tools.ts'

/** What a key asks of the roll, besides walking through it. */
export type RollCommand =
  /** Writes the note in the cell, or takes it away. */
  | { readonly does: 'toggle' }
  /** Takes the note in the cell into the selection, or out of it. */
  | { readonly does: 'add' }
  | { readonly does: 'all' | 'drop' | 'remove' | 'copy' | 'cut' | 'paste' | 'duplicate' | 'fit' }
  | { readonly does: 'move'; readonly shift: Shift }
  | { readonly does: 'octave'; readonly by: number }
  | { readonly does: 'length'; readonly by: number }
  | { readonly does: 'velocity'; readonly by: number }
  /** @param by above 0 in, below 0 out, 0 as it was at first */
  | { readonly does: 'zoom'; readonly way: 'x' | 'y'; readonly by: number }
  | { readonly does: 'tool'; readonly tool: Tool }

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'
>

const VELOCITY_STEP = 5

const move = (steps: number, up: number): RollCommand => ({ does: 'move', shift: { steps, up } })

const WITH_CONTROL: Readonly<Record<string, RollCommand>> = {
  a: { does: 'all' },
  c: { does: 'copy' },
  x: { does: 'cut' },
  v: { does: 'paste' },
  d: { does: 'duplicate' },
  ArrowUp: { does: 'velocity', by: VELOCITY_STEP },
  ArrowDown: { does: 'velocity', by: -VELOCITY_STEP },
}
const WITH_ALT: Readonly<Record<string, RollCommand>> = {
  ArrowLeft: move(-1, 0),
  ArrowRight: move(1, 0),
  ArrowUp: move(0, 1),
  ArrowDown: move(0, -1),
}
const WITH_SHIFT: Readonly<Record<string, RollCommand>> = {
  ArrowLeft: { does: 'length', by: -1 },
  ArrowRight: { does: 'length', by: 1 },
  ArrowUp: { does: 'octave', by: 1 },
  ArrowDown: { does: 'octave', by: -1 },
  Enter: { does: 'add' },
  ' ': { does: 'add' },
}
const ALONE: Readonly<Record<string, RollCommand>> = {
  Enter: { does: 'toggle' },
  ' ': { does: 'toggle' },
  Escape: { does: 'drop' },
  Delete: { does: 'remove' },
  Backspace: { does: 'remove' },
  '[': { does: 'velocity', by: -VELOCITY_STEP },
  ']': { does: 'velocity', by: VELOCITY_STEP },
  f: { does: 'fit' },
}
const ZOOM: Readonly<Record<string, number>> = { '+': 1, '=': 1, '*': 1, '-': -1, _: -1, '0': 0 }

/** What a key press asks for; undefined when it is none of the roll's. */
export function commandOf(press: KeyPress): RollCommand | undefined {
  const { key, shiftKey, altKey } = press
  const controls = press.ctrlKey || press.metaKey
  // Keyboards on which brackets need AltGr say so as Ctrl and Alt.
  if (controls && altKey) return '[]'.includes(key) ? ALONE[key] : undefined
  if (shiftKey && (controls || altKey)) return undefined
  if (controls) return WITH_CONTROL[letterOf(key)]
  if (altKey) return WITH_ALT[key]
  return zoomOf(press) ?? (shiftKey ? WITH_SHIFT[key] : alone(letterOf(key)))
}

const letterOf = (key: string): string => (key.length === 1 ? key.toLowerCase() : key)

function zoomOf({ key, code, shiftKey }: KeyPress): RollCommand | undefined {
  const by = code === 'Digit0' ? 0 : ZOOM[key]
  return by === undefined ? undefined : { does: 'zoom', way: shiftKey ? 'y' : 'x', by }
}

function alone(key: string): RollCommand | undefined {
  const tool = TOOL_KEYS[key]
  return tool === undefined ? ALONE[key] : { does: 'tool', tool }
}
