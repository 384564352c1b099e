import { assert } from '../../lib/assert.ts'
import { NOTE_BEATS } from '../synth-sound.ts'
import type { NumericParam } from '../track-sound.ts'
import { PRESET_PARAMS, type PresetFamily, type PresetSound } from './preset.ts'
import { PRESETS, soundOf } from './presets.ts'

type Param = keyof PresetSound
type PresetNumber = Extract<Param, NumericParam>
type Values = Record<string, number | string>

/** How likely a param of a family is taken from another of its presets, and how likely a number moves a little. */
const CROSSED = 0.25
const MOVED = 0.5
/** The farthest that a number moves, as a share of the stretch that the family's presets cover. */
const STRAY = 0.2

/** Params that only make sense together: they are taken over together, and every other one by itself. */
const GROUPS: readonly (readonly Param[])[] = [
  ['waveform', 'fm', 'fmRatio', 'fmFeedback', 'fmEnvelope', 'pulseWidth'],
  ['waveformB', 'levelB', 'ring', 'semitonesB', 'centsB'],
  ['unison', 'unisonCents', 'unisonSpread'],
  ['attackSeconds', 'decaySeconds', 'sustain', 'releaseSeconds'],
  ['filterMode', 'filterSlope', 'cutoffHz', 'resonance', 'filterKey', 'filterEnvelope'],
  ['modAttackSeconds', 'modDecaySeconds', 'modSustain', 'modReleaseSeconds'],
  ['lfoShape', 'lfoTarget', 'lfoRate', 'lfoDepth'],
  ['lfoBShape', 'lfoBTarget', 'lfoBRate', 'lfoBDepth'],
  ['echo', 'echoTime', 'echoFeedback', 'echoTone'],
]
/** What the sound is for stays; its loudness follows what is taken over. */
const KEPT: ReadonlySet<Param> = new Set<Param>(['instrument', 'trimDb'])
/** How far a sound's trim goes towards that of the preset which a part is taken from. */
const TRIM_SHARE = 0.3
const MOST_TRIM_DB = 8
/** These are not moved: they are in tune as they are. */
const TUNED: ReadonlySet<Param> = new Set<Param>(['semitonesB', 'fmRatio'])
const GROUPED = new Set(GROUPS.flat())
const ALONE = PRESET_PARAMS.filter((param) => !GROUPED.has(param) && !KEPT.has(param))
const PARTS = [...GROUPS, ...ALONE.map((param) => [param])]
/** Numbers that the ear compares by their ratio. */
const BY_RATIO: ReadonlySet<Param> = new Set<Param>([
  'attackSeconds',
  'decaySeconds',
  'releaseSeconds',
  'cutoffHz',
  'resonance',
  'modAttackSeconds',
  'modDecaySeconds',
  'modReleaseSeconds',
])

/** Within taste, whatever was drawn: nothing rings for long, whistles or takes seconds to begin. */
const MOST: Partial<Record<PresetNumber, number>> = {
  attackSeconds: 0.5,
  releaseSeconds: 2.5,
  fm: 0.85,
  fmFeedback: 0.6,
  drive: 0.65,
  highDb: 3,
  echo: 0.5,
  echoFeedback: 0.5,
  reverb: 0.6,
}
/** A repeat later than this, in beats, would go on for too long. */
const MOST_ECHO_BEATS = 0.75
/** A high peak in the highs hurts, and a narrow band is soft; other filters must leave something of low notes. */
const MOST_RESONANCE = 8
const SHRILL_HZ = 3000
const MOST_SHRILL_RESONANCE = 2.5
const MOST_BAND_RESONANCE = 2.5
const HIGHEST_HIGHPASS_HZ = 1200
const LOWEST_LOWPASS_HZ = 220
const LOWEST_FALLING_HZ = 1200

/**
 * A sound that nobody has heard: one of the family's presets, with parts of others and some of its numbers moved. It is
 * heard soon, does not shriek, and is silent within twelve seconds of its last note at 120 beats a minute.
 *
 * @param random  0 to 1, without 1; the same numbers give the same sound
 */
export function randomSound(family: PresetFamily, random: () => number): PresetSound {
  const sounds = PRESETS.filter((preset) => preset.family === family).map(soundOf)
  const first = drawn(sounds, random)
  const values: Values = { ...first }
  let { trimDb } = first
  for (const part of PARTS) {
    if (random() >= CROSSED) continue
    const other = drawn(sounds, random)
    for (const param of part) values[param] = other[param]
    if (part.length > 1) trimDb += TRIM_SHARE * (other.trimDb - trimDb)
  }
  for (const param of PRESET_PARAMS) {
    const value = values[param]
    if (typeof value !== 'number' || KEPT.has(param) || TUNED.has(param)) continue
    if (random() < MOVED) values[param] = moved(param as PresetNumber, value, sounds, random)
  }
  values['trimDb'] = Math.min(MOST_TRIM_DB, Math.max(-MOST_TRIM_DB, trimDb))
  return tamed(values as unknown as PresetSound)
}

function drawn<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)]
  assert(item !== undefined, 'random() gives numbers from 0 up to, not with, 1')
  return item
}

/** The number a little up or down, between the least and the most that a preset of the family has. */
function moved(
  param: PresetNumber,
  value: number,
  sounds: readonly PresetSound[],
  random: () => number,
): number {
  const all = sounds.map((sound) => sound[param])
  const [least, most] = [Math.min(...all), Math.max(...all)]
  const way = STRAY * (2 * random() - 1)
  const next = BY_RATIO.has(param)
    ? value * Math.pow(most / least, way)
    : value + (most - least) * way
  return Math.min(most, Math.max(least, next))
}

function tamed(sound: PresetSound): PresetSound {
  const limited = Object.entries(MOST).map(([param, most]) => [
    param,
    Math.min(most, sound[param as PresetNumber]),
  ])
  const { echoTime } = sound
  return {
    ...sound,
    ...(Object.fromEntries(limited) as Partial<PresetSound>),
    ...tamedFilter(sound),
    echoTime: NOTE_BEATS[echoTime] > MOST_ECHO_BEATS ? '1/8D' : echoTime,
  }
}

function tamedFilter({
  filterMode,
  cutoffHz,
  resonance,
  filterEnvelope,
}: PresetSound): Pick<PresetSound, 'cutoffHz' | 'resonance'> {
  const isLow = filterMode === 'lowpass'
  const least = !isLow ? 0 : filterEnvelope < 0 ? LOWEST_FALLING_HZ : LOWEST_LOWPASS_HZ
  const most = filterMode === 'highpass' ? HIGHEST_HIGHPASS_HZ : Infinity
  const mostResonance =
    filterMode === 'bandpass'
      ? MOST_BAND_RESONANCE
      : cutoffHz > SHRILL_HZ
        ? MOST_SHRILL_RESONANCE
        : MOST_RESONANCE
  return {
    cutoffHz: Math.min(most, Math.max(least, cutoffHz)),
    resonance: Math.min(mostResonance, resonance),
  }
}
