import { drumParam } from '../../sequence/drum-settings.ts'
import type { DrumPiece } from '../../sequence/drum-sound.ts'
import { NOTES_WORDS } from '../../words/notes.ts'
import { SOUND_PART_WORDS } from '../../words/sound-parts.ts'
import { createFace, type KnobFace } from './knob-face.ts'
import { DECIBELS, FACTOR, SEMITONES } from './units.ts'

/** Level, tune and decay of one piece. */
export function pieceFaces(piece: DrumPiece): readonly [KnobFace, KnobFace, KnobFace] {
  const of = NOTES_WORDS.pieces[piece]
  const { level, tune, decay } = SOUND_PART_WORDS.drums
  return [
    createFace(drumParam(piece, 'Db'), { ...level, name: level.name(of) }, DECIBELS, {
      step: 0.5,
    }),
    createFace(drumParam(piece, 'Tune'), { ...tune, name: tune.name(of) }, SEMITONES, {
      step: 1,
    }),
    createFace(drumParam(piece, 'Decay'), { ...decay, name: decay.name(of) }, FACTOR, {
      curve: 'log',
      middle: 1,
    }),
  ]
}
