import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bpmOfTaps, type Taps, withTap } from './tap-tempo.ts'

const tapped = (...moments: readonly number[]): Taps => moments.reduce<Taps>(withTap, [])
const every = (ms: number, count: number, fromMs = 0): number[] =>
  Array.from({ length: count }, (_, n) => fromMs + n * ms)

test('the third tap tells the tempo', () => {
  expect(bpmOfTaps(tapped(0))).toBeUndefined()
  expect(bpmOfTaps(tapped(0, 500))).toBeUndefined()
  expect(bpmOfTaps(tapped(0, 500, 1000))).toBe(120)
})

test('one clumsy tap among many does not move the tempo', () => {
  const even = every(600, 9)
  const clumsy = even.map((ms, index) => (index === 4 ? ms + 80 : ms))

  expect(bpmOfTaps(tapped(...clumsy))).toBe(100)
})

test('whoever speeds up is followed within eight taps', () => {
  const slow = every(600, 9)
  const quick = every(500, 8, 4800 + 500)

  expect(bpmOfTaps(tapped(...slow, ...quick))).toBe(120)
})

test('a pause of two seconds begins anew', () => {
  const taps = tapped(...every(500, 4), 3500)

  expect(bpmOfTaps(taps)).toBeUndefined()
  expect(bpmOfTaps([...every(300, 3, 3500)].reduce(withTap, taps.slice(0, -1)))).toBe(200)
})

test('an interval far off begins anew, with the tap before as its first', () => {
  const taps = tapped(...every(500, 5), 2300)

  expect(bpmOfTaps(taps)).toBeUndefined()
  expect(bpmOfTaps(withTap(taps, 2600))).toBe(200)
})

test.each([
  [100, 240],
  [1900, 40],
])('taps each %d ms are %d beats a minute, an end of the range', (ms, bpm) => {
  expect(bpmOfTaps(tapped(...every(ms, 5)))).toBe(bpm)
})

test('taps at one moment, or out of order, do no harm', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 })), (moments) => {
      const taps = tapped(...moments)
      const bpm = bpmOfTaps(taps)

      expect(taps.length).toBeLessThanOrEqual(9)
      expect(bpm === undefined || (bpm >= 40 && bpm <= 240)).toBe(true)
    }),
  )
})
