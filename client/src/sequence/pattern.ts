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
}

export type NoteKey = string & { readonly brand: 'NoteKey' }

/** The notes of a loop by step and written pitch: at most one in each place. */
export type Pattern = ReadonlyMap<NoteKey, Note>

export const EMPTY_PATTERN: Pattern = new Map()

export const DEFAULT_VELOCITY = 100

export const noteKey = (step: number, pitch: Pitch): NoteKey => `${step}/${pitch}` as NoteKey
