import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyLoop, isPattern, note, placesOf, sorted } from './edit-contract.ts'
import { velocityRamp } from './velocity-ramp.ts'

test('notes get louder in a straight line from the first to the last', () => {
  const ramp = velocityRamp([note(2), note(4), note(4, 64), note(10), note(30)], 20, 100, 16)

  expect(ramp.map(({ velocity }) => velocity)).toEqual([20, 40, 40, 100, 100])
})

test('a ramp is within what a note can be, loses none and is the same again', () => {
  const anyEnd = fc.integer({ min: -50, max: 200 })
  fc.assert(
    fc.property(anyLoop(), anyEnd, anyEnd, (loop, from, to) => {
      const once = velocityRamp(loop.notes, from, to, loop.stepCount)

      expect(isPattern(once, loop)).toBe(true)
      expect(placesOf(once)).toEqual(placesOf(loop.notes))
      expect(sorted(velocityRamp(once, from, to, loop.stepCount))).toEqual(sorted(once))
    }),
  )
})
