import { PARAM_RANGES } from '../../sequence/track-sound.ts'
import { MIXER_WORDS } from '../../words/mixer.ts'
import { UNIT_WORDS } from '../../words/units.ts'
import type { KnobScale } from '../sound/knob-scale.ts'
import { PAN, SHARE } from '../sound/units.ts'

/** A slider of the mixer. */
export interface MixFace {
  readonly label: string
  /** Its name where the label is not enough. */
  readonly name?: string
  /** What it does, in plain words. */
  readonly hint: string
  readonly scale: KnobScale
  /** The value as people read it, with its unit. */
  readonly words: (value: number) => string
  /** Values that are marked beside a fader, in decibels. */
  readonly marksDb?: readonly number[]
}

/** A factor as people read it, such as "−6.0 dB". */
export function decibelsInWords(factor: number): string {
  if (factor <= 0) return MIXER_WORDS.silence
  const tenths = Math.round(200 * Math.log10(factor))
  const sign = tenths === 0 ? '' : tenths < 0 ? '−' : '+'
  return UNIT_WORDS.decibels(`${sign}${(Math.abs(tenths) / 10).toFixed(1)}`)
}

const shiftInWords = (pan: number): string => (pan === 0 ? MIXER_WORDS.same : PAN.words(pan))

export const ROOM_VOLUME: MixFace = {
  ...MIXER_WORDS.faces.roomVolume,
  scale: { ...PARAM_RANGES.volume, curve: 'square' },
  words: decibelsInWords,
  marksDb: [0, -6, -12, -24],
}

export const ROOM_PAN: MixFace = {
  ...MIXER_WORDS.faces.roomPan,
  scale: { ...PARAM_RANGES.pan, curve: 'linear', middle: 0 },
  words: PAN.words,
}

export const REVERB: MixFace = {
  ...MIXER_WORDS.faces.reverb,
  scale: { ...PARAM_RANGES.reverb, curve: 'linear' },
  words: SHARE.words,
}

export const ECHO: MixFace = {
  ...MIXER_WORDS.faces.echo,
  scale: { ...PARAM_RANGES.echo, curve: 'linear' },
  words: SHARE.words,
}

/** A factor on top of the room's. */
export const MY_VOLUME: MixFace = {
  ...MIXER_WORDS.faces.myVolume,
  scale: { min: 0, max: 2, initial: 1, curve: 'square' },
  words: (factor) => (factor === 1 ? MIXER_WORDS.asTheRoom : decibelsInWords(factor)),
  marksDb: [6, 0, -6, -12, -24],
}

export const MY_PAN: MixFace = {
  ...MIXER_WORDS.faces.myPan,
  scale: { min: -1, max: 1, initial: 0, curve: 'linear', middle: 0 },
  words: shiftInWords,
}

export const SPEAKERS: MixFace = {
  ...MIXER_WORDS.faces.speakers,
  scale: { min: 0, max: 1, initial: 0.8, curve: 'square' },
  words: decibelsInWords,
  marksDb: [0, -6, -12, -24],
}

/** As a factor. */
export const decibelsToFactor = (decibels: number): number => 10 ** (decibels / 20)
