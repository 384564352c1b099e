import { SOUND_WORDS } from '../../words/sound.ts'
import { createFace, type KnobFace } from './knob-face.ts'
import { HERTZ, QUALITY, SECONDS, SHARE } from './units.ts'

/** The few that make most of a sound; all others come with their sections. */
const WORDS = SOUND_WORDS.knobs
const log = { curve: 'log' } as const

export const ENVELOPE_KNOBS: readonly KnobFace[] = [
  createFace('attackSeconds', WORDS.attackSeconds, SECONDS, log),
  createFace('decaySeconds', WORDS.decaySeconds, SECONDS, log),
  createFace('sustain', WORDS.sustain, SHARE),
  createFace('releaseSeconds', WORDS.releaseSeconds, SECONDS, log),
]

export const FILTER_KNOBS: readonly KnobFace[] = [
  createFace('cutoffHz', WORDS.cutoffHz, HERTZ, log),
  createFace('resonance', WORDS.resonance, QUALITY, log),
]

export const VOLUME_KNOB = createFace('volume', WORDS.volume, SHARE)
