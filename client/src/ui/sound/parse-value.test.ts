import { expect, test } from 'vitest'
import { LEVEL_KNOBS, SECOND_KNOBS, TONE_KNOBS } from './faces.ts'
import type { KnobFace } from './knob-face.ts'
import { ENVELOPE_KNOBS, FILTER_KNOBS, VOLUME_KNOB } from './knobs.ts'
import { parseValue, type TypedValue } from './parse-value.ts'

const ALL: readonly KnobFace[] = [
  ...ENVELOPE_KNOBS,
  ...FILTER_KNOBS,
  ...TONE_KNOBS,
  ...LEVEL_KNOBS,
  VOLUME_KNOB,
]
function typed(label: string, text: string, shown?: number): TypedValue {
  const face = ALL.find((each) => each.label === label)
  if (face === undefined) throw new Error(`there must be a knob "${label}"`)
  return parseValue(text, face.unit, face.scale, shown ?? face.scale.initial)
}

test.each([
  ['Attack', '250 ms', 0.25],
  ['Attack', ' .25s ', 0.25],
  ['Attack', '0,25 S', 0.25],
  ['Cutoff', '1.2k', 1200],
  ['Cutoff', '1,2 kHz', 1200],
  ['Cutoff', '440', 440],
  ['Cutoff', '18000 Hz', 18_000],
  ['Resonance', 'Q 2', 2],
  ['Resonance', '2', 2],
  ['Low', '-3 dB', -3],
  ['Low', '−3', -3],
  ['Low', '+4.5db', 4.5],
  ['Volume', '50 %', 0.5],
  ['Volume', '50', 0.5],
  ['Pan', '30 left', -0.3],
  ['Pan', 'R 20', 0.2],
  ['Pan', '-100', -1],
])('%s takes "%s"', (label, text, value) => {
  const verdict = typed(label, text)

  expect(verdict.ok && verdict.value).toBeCloseTo(value)
})

test('where nothing sounds between two steps, what is typed goes to the nearest', () => {
  const face = SECOND_KNOBS.find(({ param }) => param === 'semitonesB')
  if (face === undefined) throw new Error('there must be a knob for the pitch of B')

  const taken = ['7.5', '-7.4 st', '12'].map((text) => parseValue(text, face.unit, face.scale, 0))

  expect(taken).toEqual([8, -7, 12].map((value) => ({ ok: true, value })))
})

test('a bare number is of the unit that the knob shows', () => {
  expect(typed('Attack', '300', 0.005)).toEqual({ ok: true, value: 0.3 })
  expect(typed('Attack', '1.5', 1.2)).toEqual({ ok: true, value: 1.5 })
})

test.each([
  ['Attack', 'loud', 'Type a value such as 5 ms.'],
  ['Attack', '', 'Type a value such as 5 ms.'],
  ['Attack', '3 dB', 'Type a value such as 5 ms.'],
  ['Attack', '1e3', 'Type a value such as 5 ms.'],
  ['Attack', '1 2', 'Type a value such as 5 ms.'],
  ['Attack', '3 s', 'From 1 ms to 2.00 s.'],
  ['Cutoff', '20', 'From 80 Hz to 18.0 kHz.'],
  ['Low', '99', 'From −15 dB to +15 dB.'],
  ['Pan', 'constructor 3', 'Type a value such as 50 right.'],
])('%s does not take "%s", and says what it would take', (label, text, message) => {
  expect(typed(label, text)).toEqual({ ok: false, message })
})

test('what a knob shows it also takes, for every value on its way', () => {
  for (const face of ALL.filter(({ label }) => label !== 'Pan')) {
    for (const share of [0, 0.13, 0.5, 0.87, 1]) {
      const value = face.scale.min + share * (face.scale.max - face.scale.min)
      const words = face.unit.words(value)
      const verdict = parseValue(words, face.unit, face.scale, value)
      expect(verdict.ok ? face.unit.words(verdict.value) : verdict.message).toBe(words)
    }
  }
})
