import type { NumericParam, TrackSound } from '../../sequence/track-sound.ts'
import { SOUND_WORDS } from '../../words/sound.ts'
import type { KnobFace } from './knob-face.ts'
import { ENVELOPE_KNOBS } from './knobs.ts'

/** The four knobs of an envelope, in the order in which they sound. */
export interface EnvelopeFaces {
  readonly name: string
  /** Attack, decay, sustain and release. */
  readonly knobs: readonly KnobFace[]
  readonly attack: NumericParam
  readonly decay: NumericParam
  readonly sustain: NumericParam
  readonly release: NumericParam
}

export const AMPLIFIER: EnvelopeFaces = {
  name: SOUND_WORDS.envelope,
  knobs: ENVELOPE_KNOBS,
  attack: 'attackSeconds',
  decay: 'decaySeconds',
  sustain: 'sustain',
  release: 'releaseSeconds',
}

/** Its four values in a sound. */
export const levelsOf = (
  { attack, decay, sustain, release }: EnvelopeFaces,
  sound: TrackSound,
): { attack: number; decay: number; sustain: number; release: number } => ({
  attack: sound[attack],
  decay: sound[decay],
  sustain: sound[sustain],
  release: sound[release],
})
