import { DRUM_PIECES, pieceToPitch, pitchToPiece } from '../../sequence/drum-sound.ts'
import { HIGHEST_PITCH, LOWEST_PITCH, noteKey } from '../../sequence/pattern.ts'
import type { Note, NoteKey, Pattern, Pitch } from '../../sequence/pattern.ts'
import { NOTES_WORDS } from '../../words/notes.ts'
import { pitchName } from './pitch-name.ts'

/** What the rows of a roll stand for, from the top: pitches, or the pieces of a drum kit. */
export interface RollRows {
  readonly kind: 'pitches' | 'pieces'
  /** Of each row, the pitch under which its notes are written. */
  readonly pitches: readonly Pitch[]
  /** Where the keys begin. */
  readonly start: Pitch
  /** Rows that a Page key goes over. */
  readonly page: number
  /** Counted from 0; -1 where no row is for the pitch. */
  rowOf(pitch: Pitch): number
  nameOf(pitch: Pitch): string
  /** The notes as the rows show them: each at its row's own pitch, at most one in a place. */
  shown(pattern: Pattern): Pattern
  /** All notes that are shown as one in a place, first the one that is seen. */
  written(pattern: Pattern, step: number, pitch: Pitch): readonly Note[]
}

const MIDDLE_C: Pitch = 60
const OCTAVE = 12
const PIECES_A_PAGE = 4

/** A piano's, all of them. */
export const PITCH_ROWS: RollRows = {
  kind: 'pitches',
  pitches: Array.from(
    { length: HIGHEST_PITCH - LOWEST_PITCH + 1 },
    (_, row) => HIGHEST_PITCH - row,
  ),
  start: MIDDLE_C,
  page: OCTAVE,
  rowOf: (pitch) => (pitch < LOWEST_PITCH || pitch > HIGHEST_PITCH ? -1 : HIGHEST_PITCH - pitch),
  nameOf: pitchName,
  shown: (pattern) => pattern,
  written(pattern, step, pitch) {
    const note = pattern.get(noteKey(step, pitch))
    return note === undefined ? [] : [note]
  },
}

/** From the kick, which is at the bottom, up. */
const PIECES_DOWN = [...DRUM_PIECES].reverse()

/** A drum kit's. What a kit has no piece for is in none of them: it is not heard either. */
export const PIECE_ROWS: RollRows = {
  kind: 'pieces',
  pitches: PIECES_DOWN.map(pieceToPitch),
  start: pieceToPitch('kick'),
  page: PIECES_A_PAGE,
  rowOf(pitch) {
    const piece = pitchToPiece(pitch)
    return piece === undefined ? -1 : PIECES_DOWN.indexOf(piece)
  },
  nameOf(pitch) {
    const piece = pitchToPiece(pitch)
    return piece === undefined ? pitchName(pitch) : NOTES_WORDS.pieces[piece]
  },
  shown: shownPieces,
  written: (pattern, step, pitch) =>
    [...pattern.values()]
      .filter((note) => note.step === step && pitchToPiece(note.pitch) === pitchToPiece(pitch))
      .sort((one, other) => other.velocity - one.velocity),
}

export const rowsFor = (isDrums: boolean): RollRows => (isDrums ? PIECE_ROWS : PITCH_ROWS)

/** The pitch of the row that a pitch is in; the pitch itself where it is in none. */
export const ownPitch = (rows: RollRows, pitch: Pitch): Pitch =>
  rows.pitches[rows.rowOf(pitch)] ?? pitch

/** A stroke has no length; of several in one place the loudest is seen. */
function shownPieces(pattern: Pattern): Pattern {
  const shown = new Map<NoteKey, Note>()
  for (const note of pattern.values()) {
    const piece = pitchToPiece(note.pitch)
    if (piece === undefined) continue
    const pitch = pieceToPitch(piece)
    const key = noteKey(note.step, pitch)
    if (note.velocity > (shown.get(key)?.velocity ?? 0))
      shown.set(key, { ...note, pitch, length: 1 })
  }
  return shown
}
