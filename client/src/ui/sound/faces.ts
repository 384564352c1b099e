import { createFace, type KnobFace } from './knob-face.ts'
import {
  CENTS,
  DECIBELS,
  FACTOR,
  PAN,
  SECONDS,
  SEMITONES,
  SHARE,
  SIGNED_CENTS,
  SIGNED_SHARE,
} from './units.ts'

/** Knobs of the sections that are fetched late. */
type Faces = readonly KnobFace[]

export const WIDTH_KNOB = createFace(
  'pulseWidth',
  'Width',
  SHARE,
  'Of the square wave: away from the middle it gets thinner and more nasal.',
  { middle: 0.5 },
)
export const UNISON_KNOBS: Faces = [
  createFace(
    'unisonCents',
    'Detune',
    CENTS,
    'How far the copies are out of tune: fatter, then sour.',
  ),
  createFace('unisonSpread', 'Spread', SHARE, 'How wide the copies stand between left and right.'),
]
export const SECOND_KNOBS: Faces = [
  createFace('levelB', 'Level', SHARE, 'How loud the second oscillator is beside the first.', {
    name: 'Level of B',
  }),
  createFace(
    'semitonesB',
    'Pitch',
    SEMITONES,
    'How many semitones above the first; 12 is an octave.',
    {
      name: 'Pitch of B',
      step: 1,
      isStepped: true,
    },
  ),
  createFace(
    'centsB',
    'Fine',
    SIGNED_CENTS,
    'A little out of tune makes the two beat against each other.',
    {
      name: 'Fine tuning of B',
      step: 1,
    },
  ),
]
export const ADDED_KNOBS: Faces = [
  createFace('sub', 'Sub', SHARE, 'A soft tone an octave below: weight.'),
  createFace('noise', 'Noise', SHARE, 'Hiss: breath, wind and snares.'),
  createFace('ring', 'Ring', SHARE, 'A times B: metal, bells and robots.'),
]
export const FM_KNOBS: Faces = [
  createFace('fm', 'FM', SHARE, 'Bends A by a second tone: glassy, then harsh.'),
  createFace(
    'fmRatio',
    'Ratio',
    FACTOR,
    'How much higher that tone is; whole numbers stay in tune.',
    {
      curve: 'log',
      step: 0.25,
    },
  ),
  createFace('fmFeedback', 'Feedback', SHARE, 'That tone bends itself too: rougher, up to noise.'),
  createFace(
    'fmEnvelope',
    'Envelope',
    SHARE,
    'How far the second envelope opens and closes the FM.',
    {
      name: 'Envelope on FM',
    },
  ),
]
export const GLIDE_KNOB = createFace(
  'glideSeconds',
  'Glide',
  SECONDS,
  'How long the pitch slides from one note to the next.',
  { curve: 'square' },
)

export const FILTER_MOVES: Faces = [
  createFace(
    'filterEnvelope',
    'Envelope',
    SIGNED_SHARE,
    'How far the second envelope opens the filter, or closes it.',
    {
      name: 'Envelope on the filter',
    },
  ),
  createFace(
    'filterKey',
    'Keys',
    SHARE,
    'High notes get a higher cutoff, so that they stay bright.',
  ),
  createFace(
    'filterVelocity',
    'Velocity',
    SHARE,
    'Soft notes get a lower cutoff: they sound darker.',
    {
      name: 'Velocity on the filter',
    },
  ),
]
export const TOUCH_KNOB = createFace(
  'levelVelocity',
  'Velocity',
  SHARE,
  'How much softer soft notes are.',
  { name: 'Velocity on the level' },
)

export const LFO_DEPTHS = {
  lfoDepth: createFace('lfoDepth', 'Depth', SHARE, 'How far the wave moves it.', {
    name: 'Depth of LFO 1',
  }),
  lfoBDepth: createFace('lfoBDepth', 'Depth', SHARE, 'How far the wave moves it.', {
    name: 'Depth of LFO 2',
  }),
}

export const DRIVE_KNOBS: Faces = [
  createFace('drive', 'Drive', SHARE, 'Pushes the sound until it is warm, then dirty.'),
]
export const TONE_KNOBS: Faces = [
  createFace('lowDb', 'Low', DECIBELS, 'Louder or softer below 180 Hz: weight.', { step: 0.5 }),
  createFace('middleDb', 'Middle', DECIBELS, 'Louder or softer around 1 kHz: presence.', {
    step: 0.5,
  }),
  createFace('highDb', 'High', DECIBELS, 'Louder or softer above 5 kHz: air.', { step: 0.5 }),
]
export const CHORUS_KNOBS: Faces = [
  createFace('chorus', 'Chorus', SHARE, 'Wavering copies: wider and dreamier.'),
]
export const ECHO_KNOBS: Faces = [
  createFace('echo', 'Level', SHARE, 'How loud the echoes are.', { name: 'Level of the echo' }),
  createFace('echoFeedback', 'Repeats', SHARE, 'How many echoes follow each other.'),
  createFace('echoTone', 'Tone', SHARE, 'Down: each echo is darker than the one before.', {
    name: 'Tone of the echo',
  }),
]
export const REVERB_KNOBS: Faces = [
  createFace(
    'reverb',
    'Reverb',
    SHARE,
    'How much of it is heard from the big room that all share.',
  ),
]
export const DUCK_KNOBS: Faces = [
  createFace('duck', 'Depth', SHARE, 'How far the other track turns this one down.', {
    name: 'Depth of ducking',
  }),
  createFace('duckSeconds', 'Return', SECONDS, 'How long until it is back.', { curve: 'log' }),
]
export const LEVEL_KNOBS: Faces = [
  createFace('volume', 'Volume', SHARE, 'How loud this track is, for everybody.'),
  createFace('pan', 'Pan', PAN, 'Where it stands between left and right.', { step: 0.02 }),
  createFace('trimDb', 'Trim', DECIBELS, 'Makes this sound as loud as others, before the volume.', {
    step: 0.5,
  }),
]
export const HUMAN_KNOBS: Faces = [
  createFace(
    'humanise',
    'Humanise',
    SHARE,
    'Notes stray a little in time and strength, as from a hand.',
  ),
]

export const ARP_KNOBS: Faces = [
  createFace(
    'arpGate',
    'Gate',
    SHARE,
    'How long each note sounds: short is bouncy, long runs together.',
  ),
  createFace('arpSwing', 'Swing', SHARE, 'Every second note comes later: it shuffles.'),
]
