import { expect, test } from 'vitest'
import { createPace, type Pace } from './pace.ts'

/** So many frames, so far apart; returns when the last one was. */
function run(pace: Pace, fromMs: number, count: number, everyMs: number): number {
  let nowMs = fromMs
  for (let frame = 0; frame < count; frame += 1) pace.frame((nowMs += everyMs))
  return nowMs
}

test('a page whose frames come in time is not hurried, whatever its display', () => {
  for (const hertz of [60, 90, 120]) {
    const pace = createPace()
    run(pace, 0, 10 * hertz, 1000 / hertz)
    expect(pace.isHurried.value).toBe(false)
  }
})

test('a single frame that is late hurries nobody, a quarter of a second of them does', () => {
  const pace = createPace()
  let nowMs = run(pace, 0, 60, 16.7)
  nowMs = run(pace, nowMs, 1, 100)
  nowMs = run(pace, nowMs, 60, 16.7)
  expect(pace.isHurried.value).toBe(false)

  run(pace, nowMs, 16, 33)

  expect(pace.isHurried.value).toBe(true)
})

test('it is in time again when frames have come in time for five seconds', () => {
  const pace = createPace()
  let nowMs = run(pace, 0, 60, 40)
  nowMs = run(pace, nowMs, 240, 16.7)
  expect(pace.isHurried.value).toBe(true)

  run(pace, nowMs, 150, 16.7)

  expect(pace.isHurried.value).toBe(false)
})

test('a page that comes back into sight is not late for it', () => {
  const pace = createPace()
  let nowMs = 0
  for (let times = 0; times < 20; times += 1) nowMs = run(pace, nowMs + 1000, 2, 16.7)

  expect(pace.isHurried.value).toBe(false)
})
