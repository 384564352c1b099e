import { expect, test } from 'vitest'
import { createLeads } from './leads.ts'

const leads = (links: number, p95OneWayMs: number) => {
  const { playMs, changeMs, stopMs } = createLeads({
    clock: { p95OneWayMs: () => p95OneWayMs },
    links: () => links,
    latencyMs: () => 40,
  })
  return { play: playMs(), change: changeMs(), stop: stopMs() }
}

test('alone nothing waits for anybody', () => {
  expect(leads(0, 0)).toEqual({ play: 100, change: 100, stop: 0 })
})

test('[CLK7] a near room waits as long as a lost message takes, a far one as long as its way', () => {
  expect(leads(1, 5)).toEqual({ play: 340, change: 290, stop: 120 })
  expect(leads(3, 200)).toEqual({ play: 540, change: 440, stop: 440 })
})
