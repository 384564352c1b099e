import fc from 'fast-check'
import { expect, test } from 'vitest'
import { euclid, euclidRow } from './euclid.ts'
import { anyLoop, isPattern, note, sorted } from './edit-contract.ts'

const drawn = (rhythm: readonly boolean[]): string =>
  rhythm.map((struck) => (struck ? 'x' : '.')).join('')

/** As in Toussaint's paper, whose names for them these are. */
const KNOWN: readonly (readonly [pulses: number, steps: number, rhythm: string, name: string])[] = [
  [1, 2, 'x.', ''],
  [2, 3, 'x.x', 'conga'],
  [2, 5, 'x.x..', 'Khafif-e-ramal'],
  [3, 4, 'x.xx', 'cumbia'],
  [3, 5, 'x.x.x', ''],
  [3, 7, 'x.x.x..', 'Ruchenitza'],
  [3, 8, 'x..x..x.', 'tresillo'],
  [4, 7, 'x.x.x.x', ''],
  [4, 9, 'x.x.x.x..', 'Aksak'],
  [4, 11, 'x..x..x..x.', 'Outside Now'],
  [5, 6, 'x.xxxx', 'York-Samai'],
  [5, 8, 'x.xx.xx.', 'cinquillo'],
  [5, 9, 'x.x.x.x.x', 'Agsag-Samai'],
  [5, 12, 'x..x.x..x.x.', 'Venda'],
  [5, 16, 'x..x..x..x..x...', 'bossa nova'],
  [7, 8, 'x.xxxxxx', 'Tuareg'],
  [7, 16, 'x..x.x.x..x.x.x.', 'samba'],
  [11, 24, 'x..x.x.x.x.x..x.x.x.x.x.', 'Aka'],
]

test.each(KNOWN)('%i in %i is %s %s', (pulses, steps, rhythm) => {
  expect(drawn(euclid(pulses, steps))).toBe(rhythm)
})

test('nothing is struck by no pulse, all by as many as there are steps', () => {
  expect(drawn(euclid(0, 5))).toBe('.....')
  expect(drawn(euclid(5, 5))).toBe('xxxxx')
  expect(drawn(euclid(9, 5))).toBe('xxxxx')
  expect(euclid(0, 0)).toEqual([])
})

test('a rotation makes all later, and once around is none', () => {
  expect(drawn(euclid(3, 8, 1))).toBe('.x..x..x')
  expect(drawn(euclid(3, 8, -1))).toBe('..x..x.x')
  expect(euclid(3, 8, 16)).toEqual(euclid(3, 8))
})

test('there are as many strokes as pulses, and no gap is longer by two than another', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), fc.nat(64), fc.integer(), (steps, pulses, by) => {
      const rhythm = euclid(pulses, steps, by % 1000)
      const struck = rhythm.flatMap((each, step) => (each ? [step] : []))
      const gaps = struck.map((step, at) => (struck[at + 1] ?? steps + (struck[0] ?? 0)) - step)

      expect(struck).toHaveLength(Math.min(pulses, steps))
      if (gaps.length > 0) expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(2)
    }),
  )
})

test('a row is struck in the rhythm, and what was struck before stays as loud', () => {
  const row = [
    note(0, 36, { velocity: 70 }),
    note(1, 36),
    note(3, 35, { velocity: 40 }),
    note(20, 36),
  ]

  const struck = euclidRow(row, { pulses: 3, steps: 8, rotation: 0, stepCount: 16, pitch: 36 })

  expect(struck.map(({ step }) => step)).toEqual([0, 3, 6, 8, 11, 14, 20])
  expect(struck.slice(0, 2)).toEqual([row[0], row[2]])
})

test('the same rhythm again changes nothing', () => {
  const anyOptions = fc.record({
    loop: anyLoop(36, 36),
    pulses: fc.nat(64),
    steps: fc.integer({ min: 1, max: 64 }),
    rotation: fc.integer({ min: -64, max: 64 }),
  })
  fc.assert(
    fc.property(anyOptions, ({ loop, ...rhythm }) => {
      const options = { ...rhythm, stepCount: loop.stepCount, pitch: 36 }
      const once = euclidRow(loop.notes, options)

      expect(isPattern(once, loop)).toBe(true)
      expect(sorted(euclidRow(once, options))).toEqual(sorted(once))
    }),
  )
})
