import { expect, test } from 'vitest'
import type { Clock } from './clock.ts'
import { createLoad } from './load.ts'
import { createManualClock } from './manual-clock.ts'

const LIMITS = { lagMs: 200, memoryBytes: 1000 }

/** A process whose timers come as late as `lag.ms` says. */
function lateClock(): {
  readonly clock: Clock
  readonly lag: { ms: number }
  advance(ms: number): void
} {
  const time = createManualClock()
  const lag = { ms: 0 }
  return {
    lag,
    advance: time.advance,
    clock: { ...time, after: (delayMs, run) => time.after(delayMs + lag.ms, run) },
  }
}

test('a process that comes late twice in a row is overloaded, until it is in time again', () => {
  const { clock, lag, advance } = lateClock()
  const load = createLoad(clock, LIMITS, () => 0)
  const seen: boolean[] = []
  const live = (ms: number): void => {
    advance(ms)
    seen.push(load.isOver())
  }

  live(500)
  lag.ms = 201
  live(500)
  live(701)
  live(701)
  lag.ms = 0
  live(701)
  live(500)

  expect(seen).toEqual([false, false, false, true, true, false])
})

test('so it is with too much memory', () => {
  const clock = createManualClock()
  let bytes = 1000
  const load = createLoad(clock, LIMITS, () => bytes)

  clock.advance(2000)
  expect(load.isOver()).toBe(false)
  bytes = 1001
  clock.advance(1000)
  expect(load.isOver()).toBe(true)
  bytes = 900
  clock.advance(500)
  expect(load.isOver()).toBe(false)
})

test('at the end nothing is due', () => {
  const clock = createManualClock()
  const load = createLoad(clock, LIMITS, () => 0)
  clock.advance(5000)

  load.end()

  expect(clock.pending()).toBe(0)
})
