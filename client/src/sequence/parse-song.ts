import { HIGHEST_PITCH, LOWEST_PITCH, MAX_STEPS, type Pitch } from './pattern.ts'
import { SCALES, type PitchClass, type ScaleName } from './scale.ts'
import { STEP_COUNTS, SUBDIVISIONS, type StepCount, type Subdivision } from './song.ts'
import {
  INITIAL_SOUND,
  NUMERIC_PARAMS,
  PARAM_RANGES,
  WAVEFORMS,
  type NumericParam,
  type SynthParam,
  type SynthSound,
  type Waveform,
} from './synth-sound.ts'

const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,2})$/

/** The place of a note, out of the two parts of its key; undefined outside 0 to 31 or 24 to 108. */
export function parseCell(
  stepText: unknown,
  pitchText: unknown,
): { readonly step: number; readonly pitch: Pitch } | undefined {
  const step = parseWhole(stepText)
  const pitch = parseWhole(pitchText)
  if (step === undefined || step >= MAX_STEPS) return undefined
  if (pitch === undefined || pitch < LOWEST_PITCH || pitch > HIGHEST_PITCH) return undefined
  return { step, pitch }
}

/** The number within the parameter's range; undefined when it is none, or not finite. */
export function clampParam(param: NumericParam, value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  const { min, max } = PARAM_RANGES[param]
  return Math.min(max, Math.max(min, value))
}

export const parseWaveform = (value: unknown): Waveform | undefined =>
  WAVEFORMS.find((waveform) => waveform === value)

export const parseStepCount = (value: unknown): StepCount | undefined =>
  STEP_COUNTS.find((count) => count === value)

export const parseSubdivision = (value: unknown): Subdivision | undefined =>
  SUBDIVISIONS.find((subdivision) => subdivision === value)

export const parseScale = (value: unknown): ScaleName | undefined =>
  typeof value === 'string' && Object.hasOwn(SCALES, value) ? (value as ScaleName) : undefined

export const parseRoot = (value: unknown): PitchClass | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 11
    ? (value as PitchClass)
    : undefined

const parseWhole = (text: unknown): number | undefined =>
  typeof text === 'string' && WHOLE_NUMBER.test(text) ? Number(text) : undefined

/** A whole sound, each value clamped or, where it is none, the initial one. @param read gives what was written */
export function parseSound(read: (param: SynthParam) => unknown): SynthSound {
  const numbers = Object.fromEntries(
    NUMERIC_PARAMS.map((param) => [param, clampParam(param, read(param)) ?? INITIAL_SOUND[param]]),
  )
  const waveform = parseWaveform(read('waveform')) ?? INITIAL_SOUND.waveform
  return { ...INITIAL_SOUND, ...numbers, waveform }
}
