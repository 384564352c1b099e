import { expect, test } from 'vitest'
import { watchIdle, type IdleWatch } from './idle.ts'
import { createManualClock } from './manual-clock.ts'

const MINUTE_MS = 60_000

function watchOf(timeoutMs: number): {
  watch: IdleWatch
  /** Lets minutes pass, the same sign of life at the end of each. */
  minutes: (count: number, by?: 'input' | 'playback') => void
  isIdle: () => boolean
} {
  const clock = createManualClock()
  let calls = 0
  const watch = watchIdle(clock, timeoutMs, () => (calls += 1))
  return {
    watch,
    minutes(count, by) {
      for (let passed = 0; passed < count; passed += 1) {
        clock.advance(MINUTE_MS)
        if (by !== undefined) watch.active(by)
      }
    },
    isIdle() {
      expect(calls).toBeLessThan(2)
      return calls === 1
    },
  }
}

test('[SIG14] sitting down counts as input', () => {
  const { minutes, isIdle } = watchOf(5 * MINUTE_MS)
  minutes(4)
  expect(isIdle()).toBe(false)
  minutes(1)
  expect(isIdle()).toBe(true)
})

test('[SIG14] input keeps a seat for as long as it comes', () => {
  const { minutes, isIdle } = watchOf(5 * MINUTE_MS)
  minutes(200, 'input')
  minutes(4)
  expect(isIdle()).toBe(false)
  minutes(1)
  expect(isIdle()).toBe(true)
})

test('[SIG14] playback alone keeps a seat for an hour', () => {
  const { minutes, isIdle } = watchOf(5 * MINUTE_MS)
  minutes(59, 'playback')
  expect(isIdle()).toBe(false)
  minutes(1, 'playback')
  expect(isIdle()).toBe(true)
})

test('[SIG14] playback that ends keeps a seat for the timeout', () => {
  const { minutes, isIdle } = watchOf(5 * MINUTE_MS)
  minutes(20, 'playback')
  minutes(4)
  expect(isIdle()).toBe(false)
  minutes(1)
  expect(isIdle()).toBe(true)
})

test('[SIG14] a timeout of more than an hour is kept whole', () => {
  const { minutes, isIdle } = watchOf(90 * MINUTE_MS)
  minutes(89, 'playback')
  expect(isIdle()).toBe(false)
  minutes(1)
  expect(isIdle()).toBe(true)
})

test('a watch that was ended says nothing', () => {
  const { watch, minutes, isIdle } = watchOf(5 * MINUTE_MS)
  minutes(1, 'input')
  watch.end()
  minutes(100)
  expect(isIdle()).toBe(false)
})
