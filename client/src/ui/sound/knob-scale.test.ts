import { expect, test } from 'vitest'
import { NUMERIC_PARAMS } from '../../sequence/track-sound.ts'
import { ENVELOPE_KNOBS, FILTER_KNOBS, VOLUME_KNOB } from './knobs.ts'
import { turnToValue, valueToTurn } from './knob-scale.ts'

const ALL = [...ENVELOPE_KNOBS, ...FILTER_KNOBS, VOLUME_KNOB]

test('every number of a sound has a knob', () => {
  expect(ALL.map(({ param }) => param).sort()).toEqual([...NUMERIC_PARAMS].sort())
})

test.each(ALL)('$label turns from its lowest to its highest value, and back', ({ scale }) => {
  expect(turnToValue(scale, 0)).toBe(scale.min)
  expect(turnToValue(scale, 1)).toBe(scale.max)
  expect(turnToValue(scale, -3)).toBe(scale.min)
  expect(turnToValue(scale, 3)).toBe(scale.max)
  for (const turn of [0, 0.1, 0.5, 0.9, 1]) {
    expect(valueToTurn(scale, turnToValue(scale, turn))).toBeCloseTo(turn)
  }
})

test('each octave of the cutoff takes the same turn', () => {
  const [cutoff] = FILTER_KNOBS
  if (cutoff === undefined) throw new Error('there must be a cutoff knob')
  const turnOf = (hertz: number): number => valueToTurn(cutoff.scale, hertz)

  expect(turnOf(400) - turnOf(200)).toBeCloseTo(turnOf(8000) - turnOf(4000))
})

test.each([
  ['Attack', 0.001, '1 ms'],
  ['Attack', 0.0054, '5 ms'],
  ['Release', 0.9996, '1.00 s'],
  ['Release', 3.456, '3.46 s'],
  ['Sustain', 0.5, '50 %'],
  ['Cutoff', 80, '80 Hz'],
  ['Cutoff', 999.7, '1.0 kHz'],
  ['Cutoff', 18_000, '18.0 kHz'],
  ['Resonance', 1.5, 'Q 1.5'],
])('%s at %f reads "%s"', (label, value, words) => {
  expect(ALL.find((knob) => knob.label === label)?.words(value)).toBe(words)
})
