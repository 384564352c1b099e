/*
 * A Standard MIDI File as plain data (Standard MIDI Files 1.0, RP-001, MIDI Manufacturers Association 1996): what of it
 * a jam can make use of. Ticks count from the beginning of the track.
 */

/** Counts from 0; musicians count from 1. */
export type MidiChannel = number

/** The channel of drums, as General MIDI has it: musicians call it 10. */
export const DRUM_CHANNEL: MidiChannel = 9
export const CHANNELS = 16

/** What a text says, by the number that stands for it in a file. */
export const TEXT_TYPES = { text: 1, copyright: 2, name: 3, instrument: 4, marker: 6 } as const
export type TextType = keyof typeof TEXT_TYPES

export type MidiEvent = { readonly tick: number } & (
  | {
      readonly kind: 'note-on'
      readonly channel: MidiChannel
      readonly pitch: number
      /** 1 to 127. */
      readonly velocity: number
    }
  | { readonly kind: 'note-off'; readonly channel: MidiChannel; readonly pitch: number }
  /** @see gm-programs.ts */
  | { readonly kind: 'program'; readonly channel: MidiChannel; readonly program: number }
  | { readonly kind: 'tempo'; readonly microsPerBeat: number }
  /** `unit`: 4 for quarters. */
  | { readonly kind: 'meter'; readonly beats: number; readonly unit: number }
  | { readonly kind: TextType; readonly text: string }
)

export interface MidiTrack {
  /** By tick; those of one tick in the order of the file. */
  readonly events: readonly MidiEvent[]
  /** Where the track ends. */
  readonly endTick: number
}

export interface MidiFile {
  readonly format: 0 | 1
  /** Of a quarter note, 1 to 32767. */
  readonly ticksPerBeat: number
  readonly tracks: readonly MidiTrack[]
}

export const MICROS_PER_MINUTE = 60_000_000
