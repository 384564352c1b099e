import { ECHO_VALUES, either, share, type ParamRange } from './synth-sound.ts'

export const SWITCH = ['off', 'on'] as const

/** Words that a param of a track's strip may be, the usual one first. */
export const STRIP_CHOICES = {
  muted: SWITCH,
  /** While a track of the room is soloed only those that are sound. */
  soloed: SWITCH,
  echoTime: ['1/8D', ...ECHO_VALUES.filter((value) => value !== '1/8D')],
} as const satisfies Readonly<Record<string, readonly string[]>>

const decibels: ParamRange = either(15)

/** Numbers of a track's strip, in the order in which its sound passes them. */
export const STRIP_RANGES = {
  /** Decibels that make one sound about as loud as another; a preset brings its own. */
  trimDb: { min: -24, max: 12, initial: 0 },
  drive: share(0),
  lowDb: decibels,
  middleDb: decibels,
  highDb: decibels,
  chorus: share(0),
  /** How far another track, `duckBy`, turns this one down, and seconds until it is back. */
  duck: share(0),
  duckSeconds: { min: 0.05, max: 0.6, initial: 0.25 },
  volume: share(0.7),
  pan: either(1),
  /** Of the first repeat; feedback is the share of one repeat that is in the next. */
  echo: share(0),
  echoFeedback: { min: 0, max: 0.9, initial: 0.35 },
  echoTone: share(0.5),
  /** How much is sent to the room's reverb. */
  reverb: share(0),
} as const satisfies Readonly<Record<string, ParamRange>>

/** Ids of other tracks; empty for none. */
export const STRIP_LINKS = ['duckBy'] as const

export type StripSettings = Readonly<Record<keyof typeof STRIP_RANGES, number>> &
  Readonly<Record<(typeof STRIP_LINKS)[number], string>> & {
    readonly [Param in keyof typeof STRIP_CHOICES]: (typeof STRIP_CHOICES)[Param][number]
  }
