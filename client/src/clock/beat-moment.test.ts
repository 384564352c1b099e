import { expect, test } from 'vitest'
import { beatMoment } from './beat-moment.ts'
import { initialTransport, withPlay, withStop } from './tempo-map.ts'

/** 120 beats a minute from 1000 ms on. */
const PLAYING = withPlay(initialTransport('one'), 500, 500, 'ana')

test.each([
  [1000, 1000],
  [1001, 1500],
  [1500, 1500],
  [1500.000001, 1500.000001],
  [2499, 2500],
])('what may be seen from %d ms on is seen on the beat at %d ms', (soonestMs, momentMs) => {
  expect(beatMoment(PLAYING, soonestMs)).toBeCloseTo(momentMs, 5)
})

test('nothing waits for a beat while the song stands, before it begins, or where it ends first', () => {
  expect(beatMoment(initialTransport('one'), 1234)).toBe(1234)
  expect(beatMoment(PLAYING, 700)).toBe(700)
  expect(beatMoment(withStop(PLAYING, 1100, 100, 'ana'), 1210)).toBe(1210)
})
