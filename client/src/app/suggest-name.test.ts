import { expect, test } from 'vitest'
import { suggestName } from './suggest-name.ts'

test('a suggested name is two words within 20 characters, whatever the dice say', () => {
  const shares = Array.from({ length: 32 }, (_, index) => index / 32)
  for (const first of [...shares, 0.9999999]) {
    for (const second of [...shares, 0.9999999]) {
      const dice = [first, second]

      const name = suggestName(() => dice.shift() ?? 0)

      expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/)
      expect(name.length).toBeLessThanOrEqual(20)
    }
  }
})

test('other dice give another name', () => {
  expect(suggestName(() => 0)).not.toBe(suggestName(() => 0.5))
})
