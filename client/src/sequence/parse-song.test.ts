import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clampParam,
  parseCell,
  parseChoice,
  parseDrop,
  parseLaunch,
  parseLink,
  parseRoot,
  parseScale,
  parseSound,
  parseStepCount,
  parseSteps,
  parseSwing,
  parseSubdivision,
} from './parse-song.ts'
import { INITIAL_SOUND, NUMERIC_PARAMS, PARAM_RANGES } from './track-sound.ts'

const HOSTILE = [undefined, null, NaN, Infinity, -1, 1.5, '', 'constructor', '__proto__', {}, []]

test.each([
  ['0', '24', { step: 0, pitch: 24 }],
  ['63', '108', { step: 63, pitch: 108 }],
  ['64', '60', undefined],
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
  { name: 'subdivision', parse: parseSubdivision, good: 4 },
  { name: 'scale', parse: parseScale, good: 'whole tone' },
  { name: 'root', parse: parseRoot, good: 11 },
])('a $name is one of the known ones or nothing', ({ parse, good }) => {
  expect(parse(good)).toBe(good)
  for (const value of HOSTILE) expect(parse(value)).toBeUndefined()
  expect(parse(12)).toBeUndefined()
})

test('a step count is whole, 1 to 64', () => {
  expect([1, 7, 64].map(parseStepCount)).toEqual([1, 7, 64])
  for (const value of [...HOSTILE, 0, 65, 7.5, '16']) expect(parseStepCount(value)).toBeUndefined()
})

test('a swing is clamped, and anything else is none', () => {
  expect([-1, 49, 62.5, 75, 1e9].map(parseSwing)).toEqual([50, 50, 62.5, 75, 75])
  for (const value of ['60', NaN, Infinity, null, {}]) expect(parseSwing(value)).toBeUndefined()
})

const MOMENT = { epoch: 'one', sharedMs: 1e12 }

test('a launch is a pattern, and where its moment is whole what is played until then', () => {
  const before = { pattern: 'a', off: true }

  expect(parseLaunch({ pattern: 'h', off: false })).toEqual({ pattern: 'h', isOff: false })
  expect(parseLaunch({ pattern: 'b', off: true, before, ...MOMENT, junk: 1 })).toEqual({
    pattern: 'b',
    isOff: true,
    change: { before: { pattern: 'a', isOff: true }, ...MOMENT },
  })
  for (const broken of [{ before: 7 }, { epoch: '' }, { sharedMs: NaN }]) {
    expect(parseLaunch({ pattern: 'b', off: 1, before, ...MOMENT, ...broken })).toEqual({
      pattern: 'b',
      isOff: false,
    })
  }
  for (const value of [...HOSTILE, { pattern: 'i' }, { pattern: ['a'] }]) {
    expect(parseLaunch(value)).toBeUndefined()
  }
})

test('a drop has an end after its beginning, and is no longer than two slow bars', () => {
  const drop = { ...MOMENT, endMs: 1e12 + 2000 }

  expect(parseDrop({ ...drop, junk: 1 })).toEqual(drop)
  for (const endMs of [1e12, 1e12 - 1, 1e12 + 13_000, NaN, '5']) {
    expect(parseDrop({ ...drop, endMs })).toBeUndefined()
  }
  for (const value of HOSTILE) expect(parseDrop(value)).toBeUndefined()
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
  ['before', 65],
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
  for (const value of [...HOSTILE, { count: 65 }, { before: 8 }, []]) {
    expect(parseSteps(value)).toBeUndefined()
  }
})
