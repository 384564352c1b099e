import { SOUND_PART_WORDS as WORDS } from '../../words/sound-parts.ts'
import type { EnvelopeFaces } from './envelopes.ts'
import { createFace } from './knob-face.ts'
import { SECONDS, SHARE } from './units.ts'

const LOG = { curve: 'log' } as const

/** The one that moves the filter and the FM. */
export const MODULATION: EnvelopeFaces = {
  name: WORDS.envelopes.second,
  knobs: [
    createFace('modAttackSeconds', WORDS.knobs.modAttackSeconds, SECONDS, LOG),
    createFace('modDecaySeconds', WORDS.knobs.modDecaySeconds, SECONDS, LOG),
    createFace('modSustain', WORDS.knobs.modSustain, SHARE),
    createFace('modReleaseSeconds', WORDS.knobs.modReleaseSeconds, SECONDS, LOG),
  ],
  attack: 'modAttackSeconds',
  decay: 'modDecaySeconds',
  sustain: 'modSustain',
  release: 'modReleaseSeconds',
}
