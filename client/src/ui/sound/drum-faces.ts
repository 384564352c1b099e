import { drumParam } from '../../sequence/drum-settings.ts'
import type { DrumPiece } from '../../sequence/drum-sound.ts'
import { createFace, type KnobFace } from './knob-face.ts'
import { DECIBELS, FACTOR, SEMITONES } from './units.ts'

export const PIECE_NAMES: Readonly<Record<DrumPiece, string>> = {
  kick: 'Kick',
  snare: 'Snare',
  clap: 'Clap',
  'closed-hat': 'Closed hat',
  'open-hat': 'Open hat',
  'low-tom': 'Low tom',
  'mid-tom': 'Mid tom',
  'high-tom': 'High tom',
  rim: 'Rim',
  cowbell: 'Cowbell',
  crash: 'Crash',
  ride: 'Ride',
  shaker: 'Shaker',
}

/** Level, tune and decay of one piece. */
export function pieceFaces(piece: DrumPiece): readonly [KnobFace, KnobFace, KnobFace] {
  const of = PIECE_NAMES[piece]
  return [
    createFace(drumParam(piece, 'Db'), 'Level', DECIBELS, 'Louder or softer within the kit.', {
      name: `${of} level`,
      step: 0.5,
    }),
    createFace(drumParam(piece, 'Tune'), 'Tune', SEMITONES, 'Higher or lower.', {
      name: `${of} tune`,
      step: 1,
    }),
    createFace(drumParam(piece, 'Decay'), 'Decay', FACTOR, 'Tighter and drier, or longer.', {
      name: `${of} decay`,
      curve: 'log',
      middle: 1,
    }),
  ]
}
