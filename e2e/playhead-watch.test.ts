import { expect, test } from 'vitest'
import { type Glance, playheadSkew } from './playhead-watch.ts'

const LOOP_MS = 2000

/** What is seen of a playhead that is so far ahead, from a moment on. */
const seen = (aheadMs: number, fromMs: number): readonly Glance[] =>
  Array.from({ length: 200 }, (_, frame) => {
    const wallMs = fromMs + frame * 16
    return [wallMs, ((wallMs + aheadMs) % LOOP_MS) / LOOP_MS] as const
  })

test.each([0, 3, -40, 400])('a playhead that is %s ms ahead is found so', (aheadMs) => {
  const skewMs = playheadSkew(seen(777, 10_000), seen(777 + aheadMs, 10_321), LOOP_MS)

  expect(skewMs).toBeCloseTo(aheadMs, 6)
})

test('a playhead that was not seen is no playhead in time', () => {
  expect(() => playheadSkew(seen(0, 0), [], LOOP_MS)).toThrow(RangeError)
})
