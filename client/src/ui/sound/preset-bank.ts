import {
  PRESET_FAMILIES,
  PRESET_PARAMS,
  type Preset,
  type PresetFamily,
  soundOf,
} from '../../sequence/presets/preset.ts'
import { PRESETS } from '../../sequence/presets/presets.ts'
import { randomSound } from '../../sequence/presets/random-sound.ts'
import { DRUM_SETTING_RANGES } from '../../sequence/drum-settings.ts'
import { VOICE_CHOICES, VOICE_RANGES } from '../../sequence/synth-sound.ts'
import type { Instrument, TrackSound } from '../../sequence/track-sound.ts'

export { PRESET_FAMILIES, PRESETS, soundOf }
export type { Preset, PresetFamily }

export const instrumentOf = ({ family }: Preset): Instrument =>
  family === 'drums' ? 'drums' : 'synth'

const isOfVoice = (param: string): boolean => param in VOICE_RANGES || param in VOICE_CHOICES
const isOfKit = (param: string): boolean => param === 'kit' || param in DRUM_SETTING_RANGES
/** Which params of a preset make its sound with each instrument, and not only its level. */
const CHARACTER = PRESET_PARAMS.filter((param) => param !== 'trimDb')
const HEARD: Readonly<Record<Instrument, typeof PRESET_PARAMS>> = {
  synth: CHARACTER.filter((param) => !isOfKit(param)),
  drums: CHARACTER.filter((param) => !isOfVoice(param)),
}

/** The preset that a track sounds like, to the last knob. */
export const presetOf = (sound: TrackSound): Preset | undefined =>
  PRESETS.find((preset) => {
    const wanted = soundOf(preset)
    return HEARD[sound.instrument].every((param) => wanted[param] === sound[param])
  })

/** The one before or after another among those for an instrument, round and round; the first or last after none. */
export function neighbourOf(
  preset: Preset | undefined,
  instrument: Instrument,
  way: 1 | -1,
): Preset | undefined {
  const all = PRESETS.filter((each) => instrumentOf(each) === instrument)
  const at = preset === undefined ? -1 : all.indexOf(preset)
  if (at === -1) return all.at(way === 1 ? 0 : -1)
  return all[(at + way + all.length) % all.length]
}

/** A sound that nobody has heard yet, for the same instrument and of the same kind, if it is of one. */
export function surprise(sound: TrackSound, random: () => number): Partial<TrackSound> {
  const kinds = PRESET_FAMILIES.filter((family) => family !== 'drums')
  const any = kinds[Math.floor(random() * kinds.length)] ?? 'lead'
  const family = sound.instrument === 'drums' ? 'drums' : (presetOf(sound)?.family ?? any)
  return randomSound(family, random)
}

/** What another track lends: how it sounds, without its place in the mix and what it plays. */
export const copiedSound = (sound: TrackSound): Partial<TrackSound> =>
  Object.fromEntries(PRESET_PARAMS.map((param) => [param, sound[param]]))
