import { DRUM_PIECES, pieceToPitch } from '../../sequence/drum-sound.ts'
import { HIGHEST_PITCH, type Pitch } from '../../sequence/pattern.ts'
import { type PitchClass, SCALES, type ScaleName } from '../../sequence/scale.ts'

/** What can be pressed: on the screen, and by a key of the computer's keyboard where it has one. */
export interface HandKey {
  readonly pitch: Pitch
  /** The place on the keyboard, as events name it. */
  readonly code?: string
}

/** Rows from the lowest. */
export type HandRows = readonly (readonly HandKey[])[]

/** The octaves with which keys may begin. */
export const LOWEST = 1
export const HIGHEST = 7

const UPPER = codes('QWERTYUIOP')
const MIDDLE = [...codes('ASDFGHJKL'), 'Semicolon', 'Quote']
const LOWER = [...codes('ZXCVBNM'), 'Comma', 'Period', 'Slash']
/** From C on, black keys above the white ones, as on a piano; R and I lie between E and F, B and C. */
const PIANO = [
  ...['KeyA', 'KeyW', 'KeyS', 'KeyE', 'KeyD', 'KeyF', 'KeyT', 'KeyG', 'KeyY', 'KeyH', 'KeyU'],
  ...['KeyJ', 'KeyK', 'KeyO', 'KeyL', 'KeyP', 'Semicolon', 'Quote'],
]
const PADS = codes('ZXCVASDFQWERTYUI')
const PADS_A_ROW = 4
const OCTAVE = 12
/** Of the chromatic scale each row begins a fourth higher. */
const FOURTH = 5
const ROWS = [LOWER, MIDDLE, UPPER]

/** The pitch of the C with which an octave begins: 4 is the middle one. */
const octaveToPitch = (octave: number): Pitch => OCTAVE * (octave + 1)

/** @param count  keys, black ones too */
export const pianoKeys = (octave: number, count: number): readonly HandKey[] =>
  Array.from({ length: count }, (_, index) => ({
    pitch: octaveToPitch(octave) + index,
    ...(PIANO[index] === undefined ? {} : { code: PIANO[index] }),
  })).filter(isThere)

/** The notes of the scale one beside the other, an octave a row. @param across  keys in a row */
export function scaleKeys(
  root: PitchClass,
  scale: ScaleName,
  octave: number,
  across: number,
): HandRows {
  const degrees: readonly number[] = SCALES[scale]
  const isChromatic = degrees.length === OCTAVE
  const first = octaveToPitch(octave) + root
  return ROWS.map((row, height) =>
    Array.from({ length: Math.min(across, row.length) }, (_, index) => {
      const pitch = isChromatic
        ? first + height * FOURTH + index
        : first +
          OCTAVE * (height + Math.floor(index / degrees.length)) +
          (degrees[index % degrees.length] ?? 0)
      return { pitch, ...(row[index] === undefined ? {} : { code: row[index] }) }
    }).filter(isThere),
  )
}

/** A pad for each piece of a kit. */
export function drumKeys(across = PADS_A_ROW): HandRows {
  const keys = DRUM_PIECES.map((piece, index) => ({
    pitch: pieceToPitch(piece),
    ...(PADS[index] === undefined ? {} : { code: PADS[index] }),
  }))
  return Array.from({ length: Math.ceil(keys.length / across) }, (_, row) =>
    keys.slice(row * across, (row + 1) * across),
  )
}

const PRINTED: Readonly<Record<string, string>> = {
  Semicolon: ';',
  Quote: '\u2019',
  Comma: ',',
  Period: '.',
  Slash: '/',
}

/** What is printed on a key, where the keyboard's layout is not known. */
export const printedOn = (code: string): string => PRINTED[code] ?? code.replace('Key', '')

function isThere({ pitch }: HandKey): boolean {
  return pitch <= HIGHEST_PITCH
}

function codes(letters: string): string[] {
  return Array.from(letters, (letter) => `Key${letter}`)
}
