import { ARP_CHOICES, ARP_LINKS, ARP_RANGES } from '../arp-settings.ts'
import { INITIAL_SOUND, TRACK_PARAMS, type TrackParam, type TrackSound } from '../track-sound.ts'

export const PRESET_FAMILIES = [
  'bass',
  'lead',
  'keys',
  'pad',
  'pluck',
  'bell',
  'fx',
  'drums',
] as const
export type PresetFamily = (typeof PRESET_FAMILIES)[number]

/** Params of the mix: they belong to the song, whatever sound a track has. */
const MIX_PARAMS = ['volume', 'pan', 'muted', 'soloed', 'duck', 'duckSeconds', 'duckBy'] as const
/** Params of the arpeggiator, which has presets of its own. */
export const ARP_PARAMS = [
  ...(Object.keys(ARP_RANGES) as readonly (keyof typeof ARP_RANGES)[]),
  ...(Object.keys(ARP_CHOICES) as readonly (keyof typeof ARP_CHOICES)[]),
  ...ARP_LINKS,
] as const

type ArpParam = (typeof ARP_PARAMS)[number]
export type PresetParam = Exclude<TrackParam, (typeof MIX_PARAMS)[number] | ArpParam>
/** Everything that a preset sets. */
export type PresetSound = Pick<TrackSound, PresetParam>

/** A named sound, as plain data: what differs from the initial sound. */
export interface Preset {
  /** One word or two; no other preset has it. */
  readonly name: string
  readonly family: PresetFamily
  readonly sound: Partial<PresetSound>
}

const LEFT_ALONE: ReadonlySet<TrackParam> = new Set<TrackParam>([...MIX_PARAMS, ...ARP_PARAMS])
export const PRESET_PARAMS = TRACK_PARAMS.filter(
  (param): param is PresetParam => !LEFT_ALONE.has(param),
)

/** All that a preset sets, with the initial value wherever it says nothing: nothing is left of the sound before. */
export const soundOf = ({ sound }: Pick<Preset, 'sound'>): PresetSound =>
  ({
    ...Object.fromEntries(PRESET_PARAMS.map((param) => [param, INITIAL_SOUND[param]])),
    ...sound,
  }) as PresetSound

/** The presets of one family, by name. */
export const presetsOf = (
  family: PresetFamily,
  sounds: Readonly<Record<string, Partial<PresetSound>>>,
): readonly Preset[] => Object.entries(sounds).map(([name, sound]) => ({ name, family, sound }))
