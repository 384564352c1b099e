import { createFace, type KnobFace } from './knob-face.ts'
import { HERTZ, QUALITY, SECONDS, SHARE } from './units.ts'

/** The few that make most of a sound; all others come with their sections. */
const log = { curve: 'log' } as const

export const ENVELOPE_KNOBS: readonly KnobFace[] = [
  createFace('attackSeconds', 'Attack', SECONDS, 'How long a note takes to become loud.', log),
  createFace('decaySeconds', 'Decay', SECONDS, 'How fast it falls after its first peak.', log),
  createFace('sustain', 'Sustain', SHARE, 'How loud it stays while it is held.'),
  createFace('releaseSeconds', 'Release', SECONDS, 'How long it rings on after its end.', log),
]

export const FILTER_KNOBS: readonly KnobFace[] = [
  createFace(
    'cutoffHz',
    'Cutoff',
    HERTZ,
    'Turn it down for a darker sound, up for a brighter one.',
    log,
  ),
  createFace(
    'resonance',
    'Resonance',
    QUALITY,
    'Stresses what lies at the cutoff: it begins to whistle.',
    log,
  ),
]

export const VOLUME_KNOB = createFace(
  'volume',
  'Volume',
  SHARE,
  'How loud this track is, for everybody.',
)
