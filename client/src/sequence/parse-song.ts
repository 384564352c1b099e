import { isFields, type Fields } from '../lib/parse-json.ts'
import {
  HIGHEST_PITCH,
  LOWEST_PITCH,
  MAX_STEPS,
  PATTERN_NAMES,
  type PatternName,
  type Pitch,
} from './pattern.ts'
import { SCALES, type PitchClass, type ScaleName } from './scale.ts'
import {
  type Comeback,
  type Drop,
  isTrackId,
  type Launch,
  MAX_SWING,
  MIN_SWING,
  type Moment,
  type Playing,
  type Song,
  type StepCount,
  SUBDIVISIONS,
  type Subdivision,
} from './song.ts'
import {
  CHOICE_PARAMS,
  INITIAL_SOUND,
  NUMERIC_PARAMS,
  PARAM_CHOICES,
  PARAM_LINKS,
  PARAM_RANGES,
  type ChoiceParam,
  type NumericParam,
  type TrackParam,
  type TrackSound,
} from './track-sound.ts'

const LONGEST_ID = 64
/** The year 5138. */
const MAX_SHARED_MS = 1e14
/** Two bars at the slowest tempo. */
const LONGEST_DROP_MS = 12_000
const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,2})$/

/** The place of a note, out of the two parts of its key; undefined outside 0 to 63 or 24 to 108. */
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

/** The word if it is one that the param may be. */
export function parseChoice(param: ChoiceParam, value: unknown): string | undefined {
  const words: readonly string[] = PARAM_CHOICES[param]
  return words.find((word) => word === value)
}

/** The id of a track, or empty for none. */
export const parseLink = (value: unknown): string | undefined =>
  value === '' || isTrackId(value) ? value : undefined

export const parseStepCount = (value: unknown): StepCount | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_STEPS
    ? value
    : undefined

/** Percent, within 50 to 75; undefined when it is none. */
export const parseSwing = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value)
    ? Math.min(MAX_SWING, Math.max(MIN_SWING, value))
    : undefined

const parsePatternName = (value: unknown): PatternName | undefined =>
  PATTERN_NAMES.find((name) => name === value)

/**
 * The step count and its moment, out of what the document has: a number, or `{count, before, epoch, sharedMs}`. Where
 * the moment is none the count simply holds.
 *
 * @returns undefined when there is no step count in it
 */
export function parseSteps(value: unknown): Pick<Song, 'stepCount' | 'stepChange'> | undefined {
  const plain = parseStepCount(value)
  if (plain !== undefined) return { stepCount: plain }
  if (!isFields(value)) return undefined
  const stepCount = parseStepCount(value['count'])
  if (stepCount === undefined) return undefined
  const before = parseStepCount(value['before'])
  const moment = parseMoment(value)
  const isChange = before !== undefined && moment !== undefined
  return isChange ? { stepCount, stepChange: { before, ...moment } } : { stepCount }
}

/** What a track plays: `{pattern, off, before: {pattern, off}, epoch, sharedMs}`; the last three only where it changes. */
export function parseLaunch(value: unknown): Launch | undefined {
  const playing = parsePlaying(value)
  if (playing === undefined || !isFields(value)) return undefined
  const before = parsePlaying(value['before'])
  const moment = parseMoment(value)
  const isChange = before !== undefined && moment !== undefined
  return isChange ? { ...playing, change: { before, ...moment } } : playing
}

export function parseDrop(value: unknown): Drop | undefined {
  if (!isFields(value)) return undefined
  const moment = parseMoment(value)
  const { endMs } = value
  if (moment === undefined || typeof endMs !== 'number') return undefined
  const lengthMs = endMs - moment.sharedMs
  return lengthMs > 0 && lengthMs <= LONGEST_DROP_MS ? { ...moment, endMs } : undefined
}

/** A riff's id: 32 hex digits. */
const RIFF_ID = /^[0-9a-f]{32}$/

export function parseComeback(value: unknown): Comeback | undefined {
  if (!isFields(value)) return undefined
  const moment = parseMoment(value)
  const { riff } = value
  const isRiff = typeof riff === 'string' && RIFF_ID.test(riff)
  return moment !== undefined && isRiff ? { riff, ...moment } : undefined
}

/** @returns undefined when it names no pattern */
export function parsePlaying(value: unknown): Playing | undefined {
  if (!isFields(value)) return undefined
  const pattern = parsePatternName(value['pattern'])
  return pattern && { pattern, isOff: value['off'] === true }
}

function parseMoment({ epoch, sharedMs }: Fields): Moment | undefined {
  if (typeof epoch !== 'string' || typeof sharedMs !== 'number') return undefined
  if (epoch === '' || epoch.length > LONGEST_ID) return undefined
  return Math.abs(sharedMs) <= MAX_SHARED_MS ? { epoch, sharedMs } : undefined
}

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
export function parseSound(read: (param: TrackParam) => unknown): TrackSound {
  const sound: Record<string, number | string> = { ...INITIAL_SOUND }
  for (const param of NUMERIC_PARAMS)
    sound[param] = clampParam(param, read(param)) ?? INITIAL_SOUND[param]
  for (const param of CHOICE_PARAMS)
    sound[param] = parseChoice(param, read(param)) ?? INITIAL_SOUND[param]
  for (const param of PARAM_LINKS) sound[param] = parseLink(read(param)) ?? ''
  return sound as unknown as TrackSound
}
