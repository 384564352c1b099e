import { expect, test } from 'vitest'
import { createMeter } from './meter.ts'
import type { Meter } from './meter.ts'

/** How many frames of so many bytes get through at one moment. */
function taken(meter: Meter, lane: 'doc' | 'live' | 'clock', bytes: number, nowMs: number): number {
  let count = 0
  while (count < 100_000 && meter.received(lane, bytes, nowMs)) count += 1
  return count
}

test.each([
  ['doc', 4000, 400],
  ['live', 4000, 500],
  ['clock', 1000, 100],
] as const)(
  '[LINK16] the %s lane takes %d frames at once and %d a second',
  (lane, burst, perSecond) => {
    const meter = createMeter()

    expect(taken(meter, lane, 10, 5000)).toBe(burst)
    expect(taken(meter, lane, 10, 6000)).toBe(perSecond)
    expect(taken(meter, lane, 10, 5500)).toBe(0)
    expect(taken(meter, lane, 10, 1e9)).toBe(burst)
  },
)

test('[LINK16] the doc lane takes 32 MiB at once and 4 MiB a second', () => {
  const meter = createMeter()

  expect(taken(meter, 'doc', 16_384, 0)).toBe(2048)
  expect(taken(meter, 'doc', 16_384, 1000)).toBe(256)
})

test('a lane that is full takes nothing from the others, and every byte is counted', () => {
  const meter = createMeter()
  taken(meter, 'clock', 100, 0)

  expect(meter.received('live', 50, 0)).toBe(true)
  meter.sent(7)
  meter.sent(8)

  expect(meter.read()).toEqual({ sentBytes: 15, receivedBytes: 1001 * 100 + 50 })
})

test('[LINK16] what an honest tab finds when it wakes after 20 s is not too much', () => {
  const meter = createMeter()
  let refused = 0
  // Knobs dragged by hand, each with its copy, pings and clock; all of it handed over at one moment.
  for (let at = 0; at < 20 * 60; at++) {
    for (const lane of ['doc', 'live', 'live'] as const) {
      if (!meter.received(lane, 200, 40_000)) refused += 1
    }
  }
  for (let at = 0; at < 20; at++) if (!meter.received('clock', 20, 40_000)) refused += 1

  expect(refused).toBe(0)
})
