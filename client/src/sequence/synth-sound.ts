export const WAVEFORMS = [
  'sawtooth',
  'square',
  'sine',
  'triangle',
  'organ',
  'reed',
  'choir',
  'glass',
] as const
export type Waveform = (typeof WAVEFORMS)[number]

export const FILTER_MODES = ['lowpass', 'bandpass', 'highpass', 'notch'] as const
export type FilterMode = (typeof FILTER_MODES)[number]

export const LFO_SHAPES = ['sine', 'triangle', 'saw', 'square', 'random'] as const
export type LfoShape = (typeof LFO_SHAPES)[number]

export const LFO_TARGETS = ['pitch', 'cutoff', 'level', 'pan', 'width', 'fm'] as const
export type LfoTarget = (typeof LFO_TARGETS)[number]

/** Note values, as musicians write them, and how many beats (quarters) each lasts. T: triplet; D: dotted. */
export const NOTE_BEATS = {
  '1/32': 1 / 8,
  '1/16T': 1 / 6,
  '1/16': 1 / 4,
  '1/8T': 1 / 3,
  '1/16D': 3 / 8,
  '1/8': 1 / 2,
  '1/4T': 2 / 3,
  '1/8D': 3 / 4,
  '1/4': 1,
  '1/4D': 3 / 2,
  '1/2': 2,
  '1/1': 4,
  '2/1': 8,
  '4/1': 16,
} as const
export type NoteValue = keyof typeof NOTE_BEATS
const NOTE_VALUES = Object.keys(NOTE_BEATS) as readonly NoteValue[]
/** Those that an echo can last: up to two beats. */
export const ECHO_VALUES = NOTE_VALUES.filter((value) => NOTE_BEATS[value] <= 2)

/** Words that a param of a synth may be, the usual one first. */
export const VOICE_CHOICES = {
  waveform: WAVEFORMS,
  waveformB: WAVEFORMS,
  /** How many oscillators A is: three and more of the sawtooth are a supersaw. */
  unison: ['1', '3', '5', '7'],
  filterMode: FILTER_MODES,
  /** Decibels an octave. */
  filterSlope: ['12', '24'],
  playMode: ['poly', 'mono', 'legato'],
  lfoShape: LFO_SHAPES,
  lfoTarget: LFO_TARGETS,
  lfoRate: ['1/4', ...NOTE_VALUES.filter((value) => value !== '1/4')],
  lfoBShape: LFO_SHAPES,
  lfoBTarget: ['cutoff', ...LFO_TARGETS.filter((target) => target !== 'cutoff')],
  lfoBRate: ['1/1', ...NOTE_VALUES.filter((value) => value !== '1/1')],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Lowest, highest and usual value; the same everywhere: at the door, in the engine and on the knobs. */
export interface ParamRange {
  readonly min: number
  readonly max: number
  readonly initial: number
}

/** A share of something. */
export const share = (initial: number): ParamRange => ({ min: 0, max: 1, initial })
/** Up and down from nothing. */
export const either = (most: number): ParamRange => ({ min: -most, max: most, initial: 0 })

/** Numbers that a voice of a synth is made of. */
export const VOICE_RANGES = {
  // Seconds of the amplifier's envelope, and how far velocity counts.
  attackSeconds: { min: 0.001, max: 2, initial: 0.005 },
  decaySeconds: { min: 0.001, max: 2, initial: 0.12 },
  sustain: share(0.5),
  releaseSeconds: { min: 0.001, max: 4, initial: 0.4 },
  levelVelocity: share(1),
  // Oscillators. Cents and semitones are of B against A; width is that of the square wave.
  pulseWidth: { min: 0.05, max: 0.95, initial: 0.5 },
  unisonCents: { min: 0, max: 100, initial: 24 },
  unisonSpread: share(0.7),
  levelB: share(0),
  semitonesB: either(24),
  centsB: either(50),
  /** A sine an octave below. */
  sub: share(0),
  noise: share(0),
  /** From A alone to A times B. */
  ring: share(0),
  /** Phase modulation of A by a sine, up to 6 radians. */
  fm: share(0),
  fmRatio: { min: 0.25, max: 12, initial: 2 },
  fmFeedback: share(0),
  /** How far the second envelope shapes it. */
  fmEnvelope: share(0),
  glideSeconds: { min: 0, max: 1, initial: 0 },
  // Filter. Resonance is a Q; the envelope moves it by up to six octaves.
  cutoffHz: { min: 80, max: 18_000, initial: 3000 },
  resonance: { min: 0.1, max: 20, initial: 1.5 },
  filterEnvelope: either(1),
  filterKey: share(0),
  filterVelocity: share(0),
  // The second envelope.
  modAttackSeconds: { min: 0.001, max: 2, initial: 0.001 },
  modDecaySeconds: { min: 0.001, max: 4, initial: 0.3 },
  modSustain: share(0),
  modReleaseSeconds: { min: 0.001, max: 4, initial: 0.3 },
  lfoDepth: share(0),
  lfoBDepth: share(0),
} as const satisfies Readonly<Record<string, ParamRange>>

type VoiceNumber = keyof typeof VOICE_RANGES
type VoiceChoice = keyof typeof VOICE_CHOICES

/** What the voices of one synth sound like. */
export type SynthSound = Readonly<Record<VoiceNumber, number>> & {
  readonly [Param in VoiceChoice]: (typeof VOICE_CHOICES)[Param][number]
}
