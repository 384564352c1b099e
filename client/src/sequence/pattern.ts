/** MIDI note number. */
export type Pitch = number

export const LOWEST_PITCH: Pitch = 24 // C1
export const HIGHEST_PITCH: Pitch = 108 // C8
export const MAX_STEPS = 32

/** One note of a loop, as written. */
export interface Note {
  /** From 0 to 31; those beyond the song's step count stay written and silent. */
  readonly step: number
  /** Written MIDI pitch, 24 (C1) to 108 (C8); what sounds depends on the scale. */
  readonly pitch: Pitch
  /** 1 to 127. */
  readonly velocity: number
  /** In steps, 1 to 32. */
  readonly length: number
  /** Percent of the times round on which it sounds, 1 to 99; always when left out. Who counts agrees on which. */
  readonly chance?: number
  /** How many times it is struck within its first step, 2 to 4; once when left out. */
  readonly ratchet?: number
  /** Struck harder. */
  readonly accent?: boolean
  /** With a soft stroke just before it. */
  readonly flam?: boolean
  /** Later, or below 0 earlier, than its step, in 48ths of a step: up to half a step each way. */
  readonly nudge?: number
}

/** Most strokes within a step, and the farthest that a note stands from its step, in 48ths. */
export const MAX_RATCHET = 4
export const MAX_NUDGE = 24

export type NoteKey = string & { readonly brand: 'NoteKey' }

/** The notes of a loop by step and written pitch: at most one in each place. */
export type Pattern = ReadonlyMap<NoteKey, Note>

/** Notes to be taken away, and then notes to be written: in place of whatever stands there. */
export interface NoteEdits {
  readonly remove: readonly Pick<Note, 'step' | 'pitch'>[]
  readonly write: readonly Note[]
}

export const EMPTY_PATTERN: Pattern = new Map()

export const DEFAULT_VELOCITY = 100

export const noteKey = (step: number, pitch: Pitch): NoteKey => `${step}/${pitch}` as NoteKey
