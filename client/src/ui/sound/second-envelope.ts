import type { EnvelopeFaces } from './envelopes.ts'
import { createFace } from './knob-face.ts'
import { SECONDS, SHARE } from './units.ts'

const log = (name: string) => ({ curve: 'log', name }) as const

/** The one that moves the filter and the FM. */
export const MODULATION: EnvelopeFaces = {
  name: 'Second envelope',
  knobs: [
    createFace(
      'modAttackSeconds',
      'Attack',
      SECONDS,
      'How long filter and FM take to open.',
      log('Attack of the second envelope'),
    ),
    createFace(
      'modDecaySeconds',
      'Decay',
      SECONDS,
      'How fast they close again.',
      log('Decay of the second envelope'),
    ),
    createFace('modSustain', 'Sustain', SHARE, 'How far they stay open while a note is held.', {
      name: 'Sustain of the second envelope',
    }),
    createFace(
      'modReleaseSeconds',
      'Release',
      SECONDS,
      'How long they take to close after its end.',
      log('Release of the second envelope'),
    ),
  ],
  attack: 'modAttackSeconds',
  decay: 'modDecaySeconds',
  sustain: 'modSustain',
  release: 'modReleaseSeconds',
}
