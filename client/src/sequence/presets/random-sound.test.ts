import { expect, test } from 'vitest'
import { CHOICE_PARAMS, PARAM_CHOICES, PARAM_RANGES, NUMERIC_PARAMS } from '../track-sound.ts'
import { PRESET_FAMILIES, PRESET_PARAMS, soundOf, type PresetSound } from './preset.ts'
import { PRESETS } from './presets.ts'
import { randomSound } from './random-sound.ts'
import { createRandom } from './testing/random.ts'

/** How they sound is asked of more of them, where there is sound. */
const DRAWS = 30

const isFine = (sound: PresetSound): boolean =>
  PRESET_PARAMS.every((param) => {
    const value = sound[param]
    const numeric = NUMERIC_PARAMS.find((one) => one === param)
    if (numeric !== undefined) {
      const { min, max } = PARAM_RANGES[numeric]
      return typeof value === 'number' && value >= min && value <= max
    }
    const choice = CHOICE_PARAMS.find((one) => one === param)
    const words: readonly string[] = choice === undefined ? [] : PARAM_CHOICES[choice]
    return words.includes(String(value))
  })

test.each(PRESET_FAMILIES)(
  'whatever is drawn of the family %s is a whole sound of it',
  (family) => {
    const random = createRandom(family)
    const sounds = Array.from({ length: DRAWS }, () => randomSound(family, random))

    expect(sounds.filter((sound) => !isFine(sound))).toEqual([])
    expect(new Set(sounds.map(({ instrument }) => instrument))).toEqual(
      new Set([family === 'drums' ? 'drums' : 'synth']),
    )
  },
)

test.each(PRESET_FAMILIES)('hardly any draw of the family %s is like another', (family) => {
  const random = createRandom(family)
  const known = PRESETS.map((preset) => JSON.stringify(soundOf(preset)))

  const drawn = Array.from({ length: DRAWS }, () => JSON.stringify(randomSound(family, random)))

  expect(new Set([...known, ...drawn]).size).toBe(known.length + DRAWS)
})

test.each([0, 0.5, 1 - Number.EPSILON / 2])('a die that only gives %d gives a sound', (value) => {
  for (const family of PRESET_FAMILIES) expect(isFine(randomSound(family, () => value))).toBe(true)
})

test('the same numbers give the same sound', () => {
  expect(randomSound('lead', createRandom('seed'))).toEqual(
    randomSound('lead', createRandom('seed')),
  )
})

test('a die that gives a 1 is our mistake', () => {
  expect(() => randomSound('pad', () => 1)).toThrow(RangeError)
})

test('nothing drawn rings for long or whistles', () => {
  const random = createRandom('ring')
  const sounds = PRESET_FAMILIES.flatMap((family) =>
    Array.from({ length: DRAWS }, () => randomSound(family, random)),
  )

  expect(Math.max(...sounds.map(({ releaseSeconds }) => releaseSeconds))).toBeLessThanOrEqual(2.5)
  expect(Math.max(...sounds.map(({ echoFeedback }) => echoFeedback))).toBeLessThanOrEqual(0.5)
  const bright = sounds.filter(({ cutoffHz }) => cutoffHz > 3000)
  expect(Math.max(...bright.map(({ resonance }) => resonance))).toBeLessThanOrEqual(2.5)
})
