import { HIGHEST_PITCH, LOWEST_PITCH, type Pitch } from '../sequence/pattern.ts'

/** What an instrument says that means something here. @see MIDI 1.0 Detailed Specification, channel voice messages */
export type MidiMessage =
  /** @property velocity 0 lets go */
  | { readonly kind: 'note'; readonly pitch: Pitch; readonly velocity: number }
  | { readonly kind: 'pedal'; readonly isDown: boolean }
  /** @property semitones -2 to 2, as far as wheels reach where nothing else is agreed */
  | { readonly kind: 'bend'; readonly semitones: number }
  /** @property value 0 to 1 */
  | { readonly kind: 'control'; readonly controller: number; readonly value: number }
  | { readonly kind: 'quiet' }

const NOTE_OFF = 0x8
const NOTE_ON = 0x9
const CONTROL = 0xb
const BEND = 0xe
const PEDAL = 64
/** All sound off and all notes off; the former and the latter mean the same here. */
const QUIET = [120, 123]
/** Above it they are no controls but modes. */
const LAST_CONTROL = 119
const PEDAL_DOWN = 64
const BEND_MIDDLE = 8192
const BEND_SEMITONES = 2

/**
 * Reads one whole message.
 *
 * @param channel 1 to 16, or 0 for any
 * @returns undefined for what means nothing here, is of another channel, or is none
 */
export function parseMidi(data: Uint8Array, channel: number): MidiMessage | undefined {
  const [status = 0, first, second] = data
  const isWhole = first !== undefined && second !== undefined && first < 128 && second < 128
  if (!isWhole || (channel !== 0 && (status & 0xf) !== channel - 1)) return undefined
  switch (status >> 4) {
    case NOTE_ON:
      return noteOf(first, second)
    case NOTE_OFF:
      return noteOf(first, 0)
    case BEND:
      return {
        kind: 'bend',
        semitones: (BEND_SEMITONES * (second * 128 + first - BEND_MIDDLE)) / BEND_MIDDLE,
      }
    case CONTROL:
      return controlOf(first, second)
    default:
      return undefined
  }
}

const noteOf = (pitch: number, velocity: number): MidiMessage | undefined =>
  pitch < LOWEST_PITCH || pitch > HIGHEST_PITCH ? undefined : { kind: 'note', pitch, velocity }

function controlOf(controller: number, value: number): MidiMessage | undefined {
  if (controller === PEDAL) return { kind: 'pedal', isDown: value >= PEDAL_DOWN }
  if (QUIET.includes(controller)) return { kind: 'quiet' }
  if (controller > LAST_CONTROL) return undefined
  return { kind: 'control', controller, value: value / 127 }
}
