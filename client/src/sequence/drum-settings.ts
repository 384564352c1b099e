import { DRUM_PIECES, type DrumPiece } from './drum-sound.ts'
import { either, type ParamRange } from './synth-sound.ts'

type Camel<Text extends string> = Text extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Rest>}`
  : Text
type Aspect = 'Db' | 'Tune' | 'Decay'
export type DrumNumber = `${Camel<DrumPiece>}${Aspect}`

const ASPECTS: Readonly<Record<Aspect, ParamRange>> = {
  Db: { min: -24, max: 12, initial: 0 },
  /** Semitones. */
  Tune: either(12),
  /** Factor. */
  Decay: { min: 0.25, max: 4, initial: 1 },
}

const camel = (piece: DrumPiece): string =>
  piece.replace(/-(.)/, (_, letter: string) => letter.toUpperCase())

/** The param that tunes, levels or lengthens one piece. */
export const drumParam = (piece: DrumPiece, aspect: Aspect): DrumNumber =>
  `${camel(piece)}${aspect}` as DrumNumber

/** What a person changes of each piece of a kit: decibels, semitones and how much longer it rings. */
export const DRUM_SETTING_RANGES = Object.fromEntries(
  DRUM_PIECES.flatMap((piece) =>
    (Object.keys(ASPECTS) as readonly Aspect[]).map(
      (aspect) => [drumParam(piece, aspect), ASPECTS[aspect]] as const,
    ),
  ),
) as Readonly<Record<DrumNumber, ParamRange>>

/** The usual one first. */
export const KIT_NAMES = [
  'Sub Street',
  'Warehouse',
  'Attic',
  'Studio B',
  'Arcade',
  'Foundry',
  'Velvet',
  'Nightbus',
] as const
export type KitName = (typeof KIT_NAMES)[number]

export type DrumSettings = Readonly<Record<DrumNumber, number>> & { readonly kit: KitName }
