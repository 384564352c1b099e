import { expect, test } from 'vitest'
import { createFakeTimers } from '../net/fake-timers.ts'
import { createCoalescer } from './coalesce.ts'

test('the first change runs at once, of those that follow the last one when the period is over', () => {
  const timers = createFakeTimers()
  const coalescer = createCoalescer(timers, 100)
  const ran: number[] = []
  for (const value of [1, 2, 3]) coalescer.put('knob', () => ran.push(value))
  expect(ran).toEqual([1])

  timers.advance(100)
  expect(ran).toEqual([1, 3])

  timers.advance(100)
  expect(ran).toEqual([1, 3])
  expect(timers.waiting()).toBe(0)
})

test('different things do not wait for each other', () => {
  const coalescer = createCoalescer(createFakeTimers(), 100)
  const ran: string[] = []

  coalescer.put('cutoff', () => ran.push('cutoff'))
  coalescer.put('volume', () => ran.push('volume'))

  expect(ran).toEqual(['cutoff', 'volume'])
})

test('a drag of a second becomes a change each period', () => {
  const timers = createFakeTimers()
  const coalescer = createCoalescer(timers, 100)
  const ran: number[] = []
  for (let value = 0; value < 100; value++) {
    coalescer.put('knob', () => ran.push(value))
    timers.advance(10)
  }
  timers.advance(200)

  expect(ran.length).toBeLessThanOrEqual(12)
  expect(ran.at(-1)).toBe(99)
})

test('closing loses nothing', () => {
  const timers = createFakeTimers()
  const coalescer = createCoalescer(timers, 100)
  const ran: number[] = []
  coalescer.put('knob', () => ran.push(1))
  coalescer.put('knob', () => ran.push(2))

  coalescer.close()

  expect(ran).toEqual([1, 2])
  expect(timers.waiting()).toBe(0)
})
