import { expect, test } from 'vitest'
import { createDirectPath } from './direct-path.ts'
import { createFakeTimers } from './fake-timers.ts'
import { createFakeWires } from './fake-wires.ts'
import { createMeter } from './meter.ts'
import { createSlots } from './slots.ts'

const nothing = (): void => undefined

test('[LINK4] while relayed the first five tries are as quick as ever, and later ones slow down', () => {
  const timers = createFakeTimers()
  const saidMs: number[] = []
  const direct = createDirectPath({
    offers: false,
    page: 'page-of-bo-1',
    nextAttempt: () => 1,
    createWire: createFakeWires(timers, () => false).createWire,
    timers,
    meter: createMeter(),
    random: () => 0.5,
    slots: createSlots(8),
    isRelayed: () => true,
    canSignal: () => true,
    hasServer: () => true,
    sendSignal: () => saidMs.push(timers.now()),
    onOpen: nothing,
    onSteady: nothing,
    onHeard: nothing,
    onTrying: nothing,
    onBytes: nothing,
    onControl: nothing,
    onBroke: nothing,
    onUnanswered: nothing,
  })
  direct.renew()
  timers.advance(120_000)
  direct.close()

  const waitsMs = saidMs.slice(1).map((ms, at) => Math.round(ms - (saidMs[at] ?? 0)))
  expect(waitsMs.slice(0, 4).every((ms) => ms <= 5000)).toBe(true)
  expect(waitsMs[4]).toBeGreaterThan(5000)
  expect(Math.max(...waitsMs)).toBeLessThanOrEqual(30_000)
})
