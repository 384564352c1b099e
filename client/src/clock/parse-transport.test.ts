import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTransport } from './parse-transport.ts'
import { initialTransport, withPlay, withTempo } from './tempo-map.ts'

const good = withTempo(
  withPlay(initialTransport('one'), 1e12, 300, 'ana'),
  90,
  1e12 + 5000,
  300,
  'bo',
)
const { next: coming, ...alone } = good

test('what the tempo map writes is read back as it was', () => {
  expect(parseTransport(initialTransport('one'))).toEqual(initialTransport('one'))
  expect(parseTransport(structuredClone(good))).toEqual(good)
})

test('tempos are clamped into 40 to 240', () => {
  const parsed = parseTransport({
    ...good,
    current: { ...good.current, bpm: -999 },
    next: { ...coming, bpm: 1e9 },
  })

  expect(parsed?.current.bpm).toBe(40)
  expect(parsed?.next?.bpm).toBe(240)
})

test('fields that nobody knows are dropped', () => {
  expect(parseTransport({ ...good, junk: 'x'.repeat(1e6) })).toEqual(good)
})

test.each([
  ['undefined', undefined],
  ['null', null],
  ['a string', 'play'],
  ['a list', [good]],
  ['an empty record', {}],
  ['another version', { ...good, v: 2 }],
  ['no epoch', { ...good, epoch: undefined }],
  ['an empty epoch', { ...good, epoch: '' }],
  ['a long epoch', { ...good, epoch: 'x'.repeat(65) }],
  ['a long writer', { ...good, by: 'x'.repeat(65) }],
  ['a writer that is a number', { ...good, by: 7 }],
  ['playing as a number', { ...good, playing: 1 }],
  ['no current', { ...good, current: undefined }],
  ['a current that is a list', { ...good, current: [0, 0, 120] }],
  ['a beat that is none', { ...good, current: { ...good.current, beat: NaN } }],
  ['an absurd beat', { ...good, current: { ...good.current, beat: 1e300 } }],
  ['an endless time', { ...good, current: { ...good.current, sharedMs: Infinity } }],
  ['a time in words', { ...good, current: { ...good.current, sharedMs: '0' } }],
  ['a tempo that is none', { ...good, current: { ...good.current, bpm: NaN } }],
  ['an endless tempo', { ...good, current: { ...good.current, bpm: Infinity } }],
  ['a next that is null', { ...good, next: null }],
  ['a next that neither plays nor stops', { ...good, next: { ...coming, playing: undefined } }],
  ['a next without a tempo', { ...good, next: { ...coming, bpm: undefined } }],
])('%s is refused', (_what, value) => {
  expect(parseTransport(value)).toBeUndefined()
})

test('nothing that is thrown at it makes it throw, or gives a number that is not finite', () => {
  const shape = fc.record(
    {
      v: fc.constantFrom(1, 1, 2),
      epoch: fc.string(),
      playing: fc.anything(),
      current: fc.record({ beat: fc.double(), sharedMs: fc.double(), bpm: fc.double() }),
      next: fc.anything(),
      by: fc.string(),
      n: fc.nat(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(fc.anything(), shape), (value) => {
      const parsed = parseTransport(value)

      if (parsed === undefined) return
      expect(Object.values(parsed.current).every(Number.isFinite)).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('a transport without a next has none', () => {
  expect(parseTransport(alone)).not.toHaveProperty('next')
})

test.each([
  [0.5, 0],
  [-1, 0],
  [Infinity, 0],
  ['7', 0],
  [2 ** 53 - 1, (2 ** 53 - 1) % 1e9],
  [7, 7],
])('a count of %j is read as %d: no number of a diary stops the music', (n, read) => {
  expect(parseTransport({ ...good, n })?.n).toBe(read)
})
