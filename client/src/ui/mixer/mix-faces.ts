import { PARAM_RANGES } from '../../sequence/track-sound.ts'
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
  if (factor <= 0) return '−∞ dB'
  const tenths = Math.round(200 * Math.log10(factor))
  const sign = tenths === 0 ? '' : tenths < 0 ? '−' : '+'
  return `${sign}${(Math.abs(tenths) / 10).toFixed(1)} dB`
}

const shiftInWords = (pan: number): string => (pan === 0 ? 'Same' : PAN.words(pan))

export const ROOM_VOLUME: MixFace = {
  label: 'Volume',
  hint: 'How loud this track is, for everybody.',
  scale: { ...PARAM_RANGES.volume, curve: 'square' },
  words: decibelsInWords,
  marksDb: [0, -6, -12, -24],
}

export const ROOM_PAN: MixFace = {
  label: 'Pan',
  hint: 'Where this track stands, from left to right, for everybody.',
  scale: { ...PARAM_RANGES.pan, curve: 'linear', middle: 0 },
  words: PAN.words,
}

export const REVERB: MixFace = {
  label: 'Reverb',
  hint: 'How much of this track goes into the room’s reverb, for everybody.',
  scale: { ...PARAM_RANGES.reverb, curve: 'linear' },
  words: SHARE.words,
}

export const ECHO: MixFace = {
  label: 'Echo',
  hint: 'How loud this track’s first repeat is, for everybody.',
  scale: { ...PARAM_RANGES.echo, curve: 'linear' },
  words: SHARE.words,
}

/** A factor on top of the room's. */
export const MY_VOLUME: MixFace = {
  label: 'Volume',
  name: 'Volume for you',
  hint: 'How much louder or quieter than the room you hear this track.',
  scale: { min: 0, max: 2, initial: 1, curve: 'square' },
  words: (factor) => (factor === 1 ? 'As the room' : decibelsInWords(factor)),
  marksDb: [6, 0, -6, -12, -24],
}

export const MY_PAN: MixFace = {
  label: 'Pan',
  name: 'Pan for you',
  hint: 'How far to the left or right of its place you hear this track.',
  scale: { min: -1, max: 1, initial: 0, curve: 'linear', middle: 0 },
  words: shiftInWords,
}

export const SPEAKERS: MixFace = {
  label: 'Loudness on this device',
  hint: 'How loud it is on this device; others keep their own.',
  scale: { min: 0, max: 1, initial: 0.8, curve: 'square' },
  words: decibelsInWords,
  marksDb: [0, -6, -12, -24],
}

/** As a factor. */
export const decibelsToFactor = (decibels: number): number => 10 ** (decibels / 20)
