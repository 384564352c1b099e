import { ARP_CHOICES, ARP_LINKS, ARP_RANGES, type ArpSettings } from './arp-settings.ts'
import { DRUM_SETTING_RANGES, KIT_NAMES, type DrumSettings } from './drum-settings.ts'
import { STRIP_CHOICES, STRIP_LINKS, STRIP_RANGES, type StripSettings } from './strip-settings.ts'
import { share, VOICE_CHOICES, VOICE_RANGES, type SynthSound } from './synth-sound.ts'

export const INSTRUMENTS = ['synth', 'drums'] as const
export type Instrument = (typeof INSTRUMENTS)[number]

/** Everything about a track's sound that is a number: the same ranges at the door, in the engine and on the knobs. */
export const PARAM_RANGES = {
  ...VOICE_RANGES,
  ...STRIP_RANGES,
  ...ARP_RANGES,
  ...DRUM_SETTING_RANGES,
  /** How far notes stray, the same for everybody: up to a 24th of a beat and a fifth of their velocity. */
  humanise: share(0),
}

/** Everything about it that is a word, the usual one first. */
export const PARAM_CHOICES = {
  instrument: INSTRUMENTS,
  kit: KIT_NAMES,
  ...VOICE_CHOICES,
  ...STRIP_CHOICES,
  ...ARP_CHOICES,
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Everything about it that is another track's id, or empty. */
export const PARAM_LINKS = [...STRIP_LINKS, ...ARP_LINKS] as const

export type NumericParam = keyof typeof PARAM_RANGES
export type ChoiceParam = keyof typeof PARAM_CHOICES
export type LinkParam = (typeof PARAM_LINKS)[number]
export type TrackParam = NumericParam | ChoiceParam | LinkParam

/** What one track sounds like, all of it. */
export type TrackSound = SynthSound &
  StripSettings &
  ArpSettings &
  DrumSettings & { readonly instrument: Instrument; readonly humanise: number }

export const NUMERIC_PARAMS = Object.keys(PARAM_RANGES) as readonly NumericParam[]
export const CHOICE_PARAMS = Object.keys(PARAM_CHOICES) as readonly ChoiceParam[]
export const TRACK_PARAMS: readonly TrackParam[] = [
  ...NUMERIC_PARAMS,
  ...CHOICE_PARAMS,
  ...PARAM_LINKS,
]

export const INITIAL_SOUND = Object.fromEntries([
  ...NUMERIC_PARAMS.map((param) => [param, PARAM_RANGES[param].initial] as const),
  ...CHOICE_PARAMS.map((param) => [param, PARAM_CHOICES[param][0]] as const),
  ...PARAM_LINKS.map((param) => [param, ''] as const),
]) as unknown as TrackSound
