import { expect, test } from 'vitest'
import { ANA, BO } from './jam-stage.ts'
import { createSurplus } from './surplus.ts'

const KIB = 1024

test('[SYNC3] a full song is held against those who go on filling it, each for themselves', () => {
  const surplus = createSurplus(() => true)

  surplus.add(ANA, 800 * KIB, 0)
  expect(surplus.isSpent(ANA, 0)).toBe(false)
  surplus.add(ANA, 200 * KIB, 0)

  expect(surplus.isSpent(ANA, 0)).toBe(true)
  expect(surplus.isSpent(BO, 0)).toBe(false)
})

test('what was added is forgiven in time, and at once when the song has room again', () => {
  let isFull = true
  const surplus = createSurplus(() => isFull)
  surplus.add(ANA, 1100 * KIB, 0)
  expect(surplus.isSpent(ANA, 10_000), 'after ten seconds').toBe(true)
  expect(surplus.isSpent(ANA, 60_000), 'after a minute').toBe(false)

  surplus.add(ANA, 5000 * KIB, 60_000)
  isFull = false
  expect(surplus.isSpent(ANA, 60_000)).toBe(false)
  surplus.add(ANA, 1, 60_000)
  isFull = true
  expect(surplus.isSpent(ANA, 60_000)).toBe(false)
})
