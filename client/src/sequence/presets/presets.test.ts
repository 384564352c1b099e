import { expect, test } from 'vitest'
import { ARP_CHOICES, ARP_RANGES } from '../arp-settings.ts'
import { KIT_NAMES } from '../drum-settings.ts'
import { PARAM_CHOICES, PARAM_RANGES, TRACK_PARAMS } from '../track-sound.ts'
import { ARP_PRESETS } from './arp-presets.ts'
import { PRESET_FAMILIES, PRESET_PARAMS, soundOf } from './preset.ts'
import { PRESETS } from './presets.ts'

const FEWEST_SYNTHS = 64
const FEWEST_OF_FAMILY = 9
const FEWEST_DRUMS = 10
const LONGEST_NAME = 16

const RANGES: Readonly<Record<string, { readonly min: number; readonly max: number }>> =
  PARAM_RANGES
const CHOICES: Readonly<Record<string, readonly string[]>> = PARAM_CHOICES

/** Params whose value no sound may have, or that no sound has. */
const faultsIn = (sound: object): readonly string[] =>
  Object.entries(sound).flatMap(([param, value]) => {
    const range = RANGES[param]
    const isFine =
      typeof value === 'number'
        ? range !== undefined && value >= range.min && value <= range.max
        : (CHOICES[param]?.includes(String(value)) ?? false)
    return isFine ? [] : [`${param}: ${String(value)}`]
  })

test.each(PRESETS)('$name says only what a sound may be', ({ sound }) => {
  expect(faultsIn(sound)).toEqual([])
  expect(Object.keys(sound).filter((param) => !PRESET_PARAMS.some((one) => one === param))).toEqual(
    [],
  )
})

test('every name is short and its own', () => {
  const names = PRESETS.map(({ name }) => name)

  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
  expect(names.filter((name) => name.length > LONGEST_NAME || name.split(' ').length > 2)).toEqual(
    [],
  )
})

test('every family has its share of the bank', () => {
  const countOf = (family: string): number =>
    PRESETS.filter((preset) => preset.family === family).length
  const synths = PRESET_FAMILIES.filter((family) => family !== 'drums')

  for (const family of synths) expect(countOf(family)).toBeGreaterThanOrEqual(FEWEST_OF_FAMILY)
  expect(countOf('drums')).toBeGreaterThanOrEqual(FEWEST_DRUMS)
  expect(PRESETS.length - countOf('drums')).toBeGreaterThanOrEqual(FEWEST_SYNTHS)
})

test('drums are drums, with a preset for each kit, and nothing else is', () => {
  const drums = PRESETS.filter(({ sound }) => sound.instrument === 'drums')

  expect(drums).toEqual(PRESETS.filter(({ family }) => family === 'drums'))
  expect(new Set(drums.map(({ sound }) => sound.kit))).toEqual(new Set(KIT_NAMES))
})

test('no two presets are one sound', () => {
  const sounds = PRESETS.map((preset) => JSON.stringify({ ...soundOf(preset), trimDb: 0 }))

  expect(new Set(sounds).size).toBe(sounds.length)
})

test.each(PRESETS)('$name leaves nothing of the sound before it, and the mix alone', (preset) => {
  const sound = soundOf(preset)

  const left = TRACK_PARAMS.filter((param) => !Object.hasOwn(sound, param))
  expect(left.filter((param) => !param.startsWith('arp'))).toEqual([
    'duck',
    'duckSeconds',
    'volume',
    'pan',
    'muted',
    'soloed',
    'duckBy',
  ])
  expect(Object.keys(sound).filter((param) => param.startsWith('arp'))).toEqual([])
  expect(faultsIn(sound)).toEqual([])
  expect(sound).toMatchObject(preset.sound)
})

test('the arpeggiator has eight presets of its own, of what it may be', () => {
  const known = ['name', ...Object.keys(ARP_RANGES), ...Object.keys(ARP_CHOICES)]

  expect(new Set(ARP_PRESETS.map(({ name }) => name)).size).toBe(8)
  for (const preset of ARP_PRESETS) {
    expect(faultsIn(preset)).toEqual([`name: ${preset.name}`])
    expect(Object.keys(preset).filter((param) => !known.includes(param))).toEqual([])
  }
})
