import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clampParam,
  parseCell,
  parseChoice,
  parseLink,
  parseRoot,
  parseScale,
  parseSound,
  parseStepCount,
  parseSteps,
  parseSubdivision,
} from './parse-song.ts'
import { INITIAL_SOUND, NUMERIC_PARAMS, PARAM_RANGES } from './track-sound.ts'

const HOSTILE = [undefined, null, NaN, Infinity, -1, 1.5, '', 'constructor', '__proto__', {}, []]

test.each([
  ['0', '24', { step: 0, pitch: 24 }],
  ['31', '108', { step: 31, pitch: 108 }],
  ['32', '60', undefined],
  ['0', '23', undefined],
  ['0', '109', undefined],
  ['-1', '60', undefined],
  ['01', '60', undefined],
  ['1.0', '60', undefined],
  ['1e1', '60', undefined],
  [' 1', '60', undefined],
  ['', '', undefined],
  [1, 60, undefined],
  [null, undefined, undefined],
])('the place %o / %o is %o', (step, pitch, place) => {
  expect(parseCell(step, pitch)).toEqual(place)
})

test('a number is clamped into the range of its parameter', () => {
  fc.assert(
    fc.property(fc.constantFrom(...NUMERIC_PARAMS), fc.double({ noNaN: true }), (param, value) => {
      const clamped = clampParam(param, value)

      const { min, max } = PARAM_RANGES[param]
      const within = Math.min(max, Math.max(min, value))
      expect(clamped).toBe(Number.isFinite(value) ? within : undefined)
    }),
  )
})

test.each([undefined, null, '440', NaN, Infinity, {}, [440], true])(
  '%o is no value of a parameter',
  (value) => {
    expect(clampParam('cutoffHz', value)).toBeUndefined()
  },
)

test.each([
  { name: 'waveform', parse: (value: unknown) => parseChoice('waveform', value), good: 'choir' },
  { name: 'kit', parse: (value: unknown) => parseChoice('kit', value), good: 'Attic' },
  { name: 'step count', parse: parseStepCount, good: 32 },
  { name: 'subdivision', parse: parseSubdivision, good: 4 },
  { name: 'scale', parse: parseScale, good: 'whole tone' },
  { name: 'root', parse: parseRoot, good: 11 },
])('a $name is one of the known ones or nothing', ({ parse, good }) => {
  expect(parse(good)).toBe(good)
  for (const value of HOSTILE) expect(parse(value)).toBeUndefined()
  expect(parse(12)).toBeUndefined()
})

test('a link is the id of a track, or empty for none', () => {
  expect(parseLink('abcdefgh234567')).toBe('abcdefgh234567')
  expect(parseLink('')).toBe('')
  for (const value of [...HOSTILE, 'a'.repeat(27), 'ABCDEFGH', 'abc']) {
    if (value !== '' && value !== 'constructor') expect(parseLink(value)).toBeUndefined()
  }
})

test('a whole sound is made of what is good in it, and the usual values', () => {
  const written: Readonly<Record<string, unknown>> = {
    cutoffHz: 1e9,
    resonance: NaN,
    unison: '7',
    waveform: 'laser',
    duckBy: 'abcdefgh',
    arpFeed: 7,
    __proto__: { drive: 1 },
  }

  const sound = parseSound((param) => (Object.hasOwn(written, param) ? written[param] : undefined))

  expect(sound).toEqual({ ...INITIAL_SOUND, cutoffHz: 18_000, unison: '7', duckBy: 'abcdefgh' })
})

test('[CLK21] a step count is a number, or a number with its moment', () => {
  const change = { before: 16, epoch: 'one', sharedMs: 1e12 }

  expect(parseSteps(32)).toEqual({ stepCount: 32 })
  expect(parseSteps({ count: 8, ...change, junk: 1 })).toEqual({ stepCount: 8, stepChange: change })
})

test.each([
  ['before', 7],
  ['epoch', ''],
  ['epoch', 'x'.repeat(65)],
  ['epoch', 5],
  ['sharedMs', NaN],
  ['sharedMs', 1e300],
  ['sharedMs', '5'],
])('a step count whose %s is %j simply holds', (field, value) => {
  const record = { count: 8, before: 16, epoch: 'one', sharedMs: 1e12, [field]: value }

  expect(parseSteps(record)).toEqual({ stepCount: 8 })
})

test('where there is no step count there is none', () => {
  for (const value of [...HOSTILE, { count: 7 }, { before: 8 }, []]) {
    expect(parseSteps(value)).toBeUndefined()
  }
})
