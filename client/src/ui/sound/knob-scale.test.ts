import { expect, test } from 'vitest'
import { DRUM_PIECES } from '../../sequence/drum-sound.ts'
import { NUMERIC_PARAMS } from '../../sequence/track-sound.ts'
import { pieceFaces } from './drum-faces.ts'
import * as late from './faces.ts'
import type { KnobFace } from './knob-face.ts'
import { turnToValue, turnedBy, valueOfKey, valueToTurn } from './knob-scale.ts'
import { ENVELOPE_KNOBS, FILTER_KNOBS, VOLUME_KNOB } from './knobs.ts'
import { MODULATION } from './second-envelope.ts'

const FIRST: readonly KnobFace[] = [...ENVELOPE_KNOBS, ...FILTER_KNOBS, VOLUME_KNOB]
const { LFO_DEPTHS, LEVEL_KNOBS, ...rest } = late
const LATE: readonly KnobFace[] = [
  ...MODULATION.knobs,
  ...Object.values(LFO_DEPTHS),
  ...Object.values(rest).flat(),
  ...LEVEL_KNOBS.filter(({ param }) => param !== VOLUME_KNOB.param),
]
const DRUMS: readonly KnobFace[] = DRUM_PIECES.flatMap(pieceFaces)
const ALL = [...FIRST, ...LATE, ...DRUMS]

const nameOf = ({ label, name = label }: KnobFace): string => name
const faceOf = (name: string): KnobFace => {
  const face = ALL.find((each) => nameOf(each) === name)
  if (face === undefined) throw new Error(`there must be a knob "${name}"`)
  return face
}

test('every number of a sound has one knob', () => {
  expect(ALL.map(({ param }) => param).sort()).toEqual([...NUMERIC_PARAMS].sort())
})

test('no two knobs have the same name, and each begins with what is written at it', () => {
  const names = ALL.map(nameOf)

  expect(new Set(names).size).toBe(names.length)
  for (const face of [...FIRST, ...LATE].filter(({ label }) => label !== 'Fine' && label !== 'FM'))
    expect(nameOf(face)).toContain(face.label)
})

test('every knob says in a sentence what it does to the sound', () => {
  for (const { hint } of ALL) expect(hint).toMatch(/^[A-Z].{8,}\.$/)
})

test.each(ALL.map((face) => [nameOf(face), face] as const))(
  '%s turns from its lowest to its highest value, and back',
  (_, { scale }) => {
    expect(turnToValue(scale, 0)).toBe(scale.min)
    expect(turnToValue(scale, 1)).toBe(scale.max)
    expect(turnToValue(scale, -3)).toBe(scale.min)
    expect(turnToValue(scale, 3)).toBe(scale.max)
    for (const turn of [0, 0.1, 0.5, 0.9, 1]) {
      const value = turnToValue(scale, turn)
      if (scale.step === undefined) expect(valueToTurn(scale, value)).toBeCloseTo(turn)
      else expect(value / scale.step).toBeCloseTo(Math.round(value / scale.step))
    }
  },
)

test('each octave of the cutoff takes the same turn', () => {
  const { scale } = faceOf('Cutoff')
  const turnOf = (hertz: number): number => valueToTurn(scale, hertz)

  expect(turnOf(400) - turnOf(200)).toBeCloseTo(turnOf(8000) - turnOf(4000))
})

test('a knob that begins at nothing has more room for what is small', () => {
  expect(turnToValue(faceOf('Glide').scale, 0.5)).toBe(0.25)
})

test.each(['Kick tune', 'Ratio', 'Low', 'Pan', 'Pitch of B'])(
  'an arrow key moves %s from anywhere, by at least a step',
  (name) => {
    const { scale } = faceOf(name)
    for (let value = scale.min, presses = 0; value < scale.max; presses++) {
      const next = valueOfKey(scale, 'ArrowUp', value) ?? value
      expect(next).toBeGreaterThan(value)
      expect(presses).toBeLessThan(200)
      value = next
    }
    expect(turnedBy(scale, scale.max, 0.02)).toBe(scale.max)
    expect(turnedBy(scale, scale.max, -0.001)).toBeLessThan(scale.max)
  },
)

test.each([
  ['Attack', 0.001, '1 ms'],
  ['Attack', 0.0054, '5 ms'],
  ['Release', 0.9996, '1.00 s'],
  ['Release', 3.456, '3.46 s'],
  ['Glide', 0, '0 ms'],
  ['Sustain', 0.5, '50 %'],
  ['Envelope on the filter', -0.5, '−50 %'],
  ['Cutoff', 80, '80 Hz'],
  ['Cutoff', 999.7, '1.0 kHz'],
  ['Cutoff', 18_000, '18.0 kHz'],
  ['Resonance', 1.5, 'Q 1.5'],
  ['Low', 3, '+3 dB'],
  ['Low', -4.5, '−4.5 dB'],
  ['Low', -0.02, '0 dB'],
  ['Pitch of B', 12, '+12 st'],
  ['Fine tuning of B', -7, '−7 ct'],
  ['Ratio', 3.53, '×3.53'],
  ['Kick decay', 1, '×1'],
  ['Pan', 0, 'middle'],
  ['Pan', -0.3, '30 left'],
])('%s at %f reads "%s"', (name, value, words) => {
  expect(faceOf(name).unit.words(value)).toBe(words)
})
