import { UNIT_WORDS } from '../../words/units.ts'
/** How the numbers of a knob are written, and read when somebody types them. */
export interface Unit {
  readonly words: (value: number) => string
  /** What a number is multiplied by for each word at its side, in small letters. */
  readonly factors: Readonly<Record<string, number>>
  /** The word that is meant when none is typed, while the knob shows a value. */
  readonly usual: (shown: number) => string
}

const plain = (word: string) => (): string => word
/** With a sign on either side of 0, and a minus as wide as the plus. */
const signed = (value: number, digits: number): string => {
  const size = Math.abs(value).toFixed(digits)
  if (Number(size) === 0) return (0).toFixed(digits)
  return `${value < 0 ? '−' : '+'}${size}`
}
/** None for what is whole. */
const digitsOf = (value: number): number => (value.toFixed(1).endsWith('.0') ? 0 : 1)
const plainly = (value: number, most: number): string => String(Number(value.toFixed(most)))

const isLong = (seconds: number): boolean => seconds >= 0.9995

export const SECONDS: Unit = {
  words: (seconds) =>
    isLong(seconds)
      ? UNIT_WORDS.seconds(seconds.toFixed(seconds < 9.995 ? 2 : 1))
      : UNIT_WORDS.ms(String(Math.round(seconds * 1000))),
  factors: { ms: 0.001, s: 1, sec: 1 },
  usual: (shown) => (isLong(shown) ? 's' : 'ms'),
}

const isHigh = (hertz: number): boolean => hertz >= 999.5

export const HERTZ: Unit = {
  words: (hertz) =>
    isHigh(hertz)
      ? UNIT_WORDS.kilohertz((hertz / 1000).toFixed(1))
      : UNIT_WORDS.hertz(String(Math.round(hertz))),
  factors: { hz: 1, k: 1000, khz: 1000 },
  // Nobody means 800 kHz.
  usual: plain('hz'),
}

export const SHARE: Unit = {
  words: (share) => UNIT_WORDS.percent(String(Math.round(share * 100))),
  factors: { '%': 0.01, percent: 0.01 },
  usual: plain('%'),
}

/** A share to either side of nothing. */
export const SIGNED_SHARE: Unit = {
  ...SHARE,
  words: (share) => UNIT_WORDS.percent(signed(share * 100, 0)),
}

export const QUALITY: Unit = {
  words: (quality) => UNIT_WORDS.quality(quality.toFixed(1)),
  factors: { q: 1 },
  usual: plain('q'),
}

export const DECIBELS: Unit = {
  words: (decibels) => UNIT_WORDS.decibels(signed(decibels, digitsOf(decibels))),
  factors: { db: 1 },
  usual: plain('db'),
}

export const SEMITONES: Unit = {
  words: (semitones) => UNIT_WORDS.semitones(signed(semitones, digitsOf(semitones))),
  factors: { st: 1, semitone: 1, semitones: 1 },
  usual: plain('st'),
}

const CENT_FACTORS = { ct: 1, cent: 1, cents: 1 }
export const CENTS: Unit = {
  words: (cents) => UNIT_WORDS.cents(String(Math.round(cents))),
  factors: CENT_FACTORS,
  usual: plain('ct'),
}
export const SIGNED_CENTS: Unit = { ...CENTS, words: (cents) => UNIT_WORDS.cents(signed(cents, 0)) }

export const FACTOR: Unit = {
  words: (factor) => `×${plainly(factor, 2)}`,
  factors: { '×': 1, x: 1 },
  usual: plain('×'),
}

export const PAN: Unit = {
  words(pan) {
    const percent = Math.round(Math.abs(pan) * 100)
    if (percent === 0) return UNIT_WORDS.middle
    return UNIT_WORDS.aside({ percent, side: pan < 0 ? UNIT_WORDS.left : UNIT_WORDS.right })
  },
  factors: {
    '%': 0.01,
    l: -0.01,
    [UNIT_WORDS.left]: -0.01,
    r: 0.01,
    [UNIT_WORDS.right]: 0.01,
  },
  usual: plain('%'),
}
