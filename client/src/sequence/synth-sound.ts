export const WAVEFORMS = ['sawtooth', 'square', 'sine', 'triangle'] as const
export type Waveform = (typeof WAVEFORMS)[number]

/** What one track's synth sounds like. */
export interface SynthSound {
  readonly waveform: Waveform
  readonly attackSeconds: number
  readonly decaySeconds: number
  /** 0 to 1. */
  readonly sustain: number
  readonly releaseSeconds: number
  readonly cutoffHz: number
  /** Resonance of the low-pass, as Q. */
  readonly resonance: number
  /** 0 to 1. */
  readonly volume: number
}

export type SynthParam = keyof SynthSound
export type NumericParam = Exclude<SynthParam, 'waveform'>

/** Lowest, highest and usual value; the same everywhere: at the door, in the engine and on the knobs. */
export interface ParamRange {
  readonly min: number
  readonly max: number
  readonly initial: number
}

export const PARAM_RANGES: Readonly<Record<NumericParam, ParamRange>> = {
  attackSeconds: { min: 0.001, max: 2, initial: 0.005 },
  decaySeconds: { min: 0.001, max: 2, initial: 0.12 },
  sustain: { min: 0, max: 1, initial: 0.5 },
  releaseSeconds: { min: 0.001, max: 4, initial: 0.4 },
  cutoffHz: { min: 80, max: 18_000, initial: 3000 },
  resonance: { min: 0.1, max: 20, initial: 1.5 },
  volume: { min: 0, max: 1, initial: 0.7 },
}

export const NUMERIC_PARAMS = Object.keys(PARAM_RANGES) as readonly NumericParam[]

export const INITIAL_SOUND: SynthSound = {
  waveform: 'sawtooth',
  attackSeconds: 0.005,
  decaySeconds: 0.12,
  sustain: 0.5,
  releaseSeconds: 0.4,
  cutoffHz: 3000,
  resonance: 1.5,
  volume: 0.7,
}
