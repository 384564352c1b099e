import { SOUND_PART_WORDS } from '../../words/sound-parts.ts'
import { SOUND_WORDS } from '../../words/sound.ts'
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
const WORDS = SOUND_PART_WORDS.knobs

export const WIDTH_KNOB = createFace('pulseWidth', WORDS.pulseWidth, SHARE, {
  middle: 0.5,
})
export const UNISON_KNOBS: Faces = [
  createFace('unisonCents', WORDS.unisonCents, CENTS),
  createFace('unisonSpread', WORDS.unisonSpread, SHARE),
]
export const SECOND_KNOBS: Faces = [
  createFace('levelB', WORDS.levelB, SHARE),
  createFace('semitonesB', WORDS.semitonesB, SEMITONES, {
    step: 1,
    isStepped: true,
  }),
  createFace('centsB', WORDS.centsB, SIGNED_CENTS, { step: 1 }),
]
export const ADDED_KNOBS: Faces = [
  createFace('sub', WORDS.sub, SHARE),
  createFace('noise', WORDS.noise, SHARE),
  createFace('ring', WORDS.ring, SHARE),
]
export const FM_KNOBS: Faces = [
  createFace('fm', WORDS.fm, SHARE),
  createFace('fmRatio', WORDS.fmRatio, FACTOR, { curve: 'log', step: 0.25 }),
  createFace('fmFeedback', WORDS.fmFeedback, SHARE),
  createFace('fmEnvelope', WORDS.fmEnvelope, SHARE),
]
export const GLIDE_KNOB = createFace('glideSeconds', WORDS.glideSeconds, SECONDS, {
  curve: 'square',
})

export const FILTER_MOVES: Faces = [
  createFace('filterEnvelope', WORDS.filterEnvelope, SIGNED_SHARE),
  createFace('filterKey', WORDS.filterKey, SHARE),
  createFace('filterVelocity', WORDS.filterVelocity, SHARE),
]
export const TOUCH_KNOB = createFace('levelVelocity', WORDS.levelVelocity, SHARE)

export const LFO_DEPTHS = {
  lfoDepth: createFace('lfoDepth', WORDS.lfoDepth, SHARE),
  lfoBDepth: createFace('lfoBDepth', WORDS.lfoBDepth, SHARE),
}

export const DRIVE_KNOBS: Faces = [createFace('drive', WORDS.drive, SHARE)]
export const TONE_KNOBS: Faces = [
  createFace('lowDb', WORDS.lowDb, DECIBELS, { step: 0.5 }),
  createFace('middleDb', WORDS.middleDb, DECIBELS, { step: 0.5 }),
  createFace('highDb', WORDS.highDb, DECIBELS, { step: 0.5 }),
]
export const CHORUS_KNOBS: Faces = [createFace('chorus', WORDS.chorus, SHARE)]
export const ECHO_KNOBS: Faces = [
  createFace('echo', WORDS.echo, SHARE),
  createFace('echoFeedback', WORDS.echoFeedback, SHARE),
  createFace('echoTone', WORDS.echoTone, SHARE),
]
export const REVERB_KNOBS: Faces = [createFace('reverb', WORDS.reverb, SHARE)]
export const DUCK_KNOBS: Faces = [
  createFace('duck', WORDS.duck, SHARE),
  createFace('duckSeconds', WORDS.duckSeconds, SECONDS, { curve: 'log' }),
]
export const LEVEL_KNOBS: Faces = [
  createFace('volume', SOUND_WORDS.knobs.volume, SHARE),
  createFace('pan', WORDS.pan, PAN, { step: 0.02 }),
  createFace('trimDb', WORDS.trimDb, DECIBELS, { step: 0.5 }),
]
export const HUMAN_KNOBS: Faces = [createFace('humanise', WORDS.humanise, SHARE)]

export const ARP_KNOBS: Faces = [
  createFace('arpGate', WORDS.arpGate, SHARE),
  createFace('arpSwing', WORDS.arpSwing, SHARE),
]
