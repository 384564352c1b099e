import { expect, test } from 'vitest'
import { assert } from './assert.ts'

test('what must be and is passes, what is not throws its sentence', () => {
  assert(true, 'never said')

  expect(() => {
    assert(false, 'swing must be within 50 to 75, got 101')
  }).toThrow(new RangeError('swing must be within 50 to 75, got 101'))
})
