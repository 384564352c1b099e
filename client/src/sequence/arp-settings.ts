import { SWITCH } from './strip-settings.ts'
import type { ParamRange } from './synth-sound.ts'

export const ARP_PATTERNS = [
  'up',
  'down',
  'up-down',
  'down-up',
  'random',
  'converge',
  'diverge',
] as const
export type ArpPattern = (typeof ARP_PATTERNS)[number]

/** Notes in a beat, by their note value. */
export const ARP_RATES = {
  '1/4': 1,
  '1/8': 2,
  '1/8T': 3,
  '1/16': 4,
  '1/16T': 6,
  '1/32': 8,
} as const
export type ArpRate = keyof typeof ARP_RATES
const RATE_NAMES = Object.keys(ARP_RATES) as readonly ArpRate[]

/** Words that a param of an arpeggiator may be, the usual one first. */
export const ARP_CHOICES = {
  arp: SWITCH,
  arpPattern: ARP_PATTERNS,
  arpRate: ['1/16', ...RATE_NAMES.filter((rate) => rate !== '1/16')],
  arpOctaves: ['1', '2', '3', '4'],
  /** Whether a chord goes on until the next one. */
  arpHold: SWITCH,
  /** Where its chord comes from: notes, or the song's chords, as long as there are any. */
  arpSource: ['notes', 'chords'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export const ARP_RANGES = {
  /** How long a note sounds, of the time until the next. */
  arpGate: { min: 0.1, max: 1, initial: 0.8 },
  /** How much later every second note comes, of the time from one to the next. */
  arpSwing: { min: 0, max: 0.5, initial: 0 },
} as const satisfies Readonly<Record<string, ParamRange>>

/** Ids of other tracks; empty for none: the arpeggiator plays that track's chord. */
export const ARP_LINKS = ['arpFeed'] as const

export type ArpSettings = Readonly<Record<keyof typeof ARP_RANGES, number>> &
  Readonly<Record<(typeof ARP_LINKS)[number], string>> & {
    readonly [Param in keyof typeof ARP_CHOICES]: (typeof ARP_CHOICES)[Param][number]
  }

export interface ArpPreset extends Partial<ArpSettings> {
  readonly name: string
}

/** Whether a track plays its chords one note after the other. */
export const isArpeggiated = ({
  arp,
  instrument,
}: Pick<ArpSettings, 'arp'> & { readonly instrument: string }): boolean =>
  arp === 'on' && instrument === 'synth'
