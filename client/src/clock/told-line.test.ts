import { expect, test } from 'vitest'
import { createToldLine } from './told-line.ts'

/** The context started at 1000 ms of our clock. */
const reading = (
  performanceTime: number,
  offMs = 0,
): { contextTime: number; performanceTime: number } => ({
  contextTime: (performanceTime - 1000 + offMs) / 1000,
  performanceTime,
})

test('before the first reading nothing is known', () => {
  expect(createToldLine().contextMsAt(0)).toBeUndefined()
})

test('one reading gives the place of every moment', () => {
  const line = createToldLine()
  line.add(reading(2000))

  expect(line.contextMsAt(2000)).toBeCloseTo(1000, 6)
  expect(line.contextMsAt(2500)).toBeCloseTo(1500, 6)
})

test('noise in the readings averages out', () => {
  const line = createToldLine()
  for (let index = 0; index < 40; index++) {
    line.add(reading(2000 + index * 250, index % 2 === 0 ? 0.5 : -0.5))
  }

  expect(Math.abs((line.contextMsAt(12_000) ?? 0) - 11_000)).toBeLessThan(0.1)
})

test('a sound card that runs fast is followed', () => {
  const line = createToldLine()
  for (let nowMs = 2000; nowMs <= 22_000; nowMs += 250) {
    line.add({ contextTime: ((nowMs - 1000) / 1000) * 1.0001, performanceTime: nowMs })
  }

  expect(line.contextMsAt(23_000)).toBeCloseTo(22_000 * 1.0001, 1)
})

test('zeros, repeats and what is not finite are ignored', () => {
  const line = createToldLine()
  line.add({ contextTime: 0, performanceTime: 0 })
  line.add({ contextTime: NaN, performanceTime: 5 })
  expect(line.contextMsAt(0)).toBeUndefined()

  line.add(reading(2000))
  line.add(reading(2000, 400))

  expect(line.contextMsAt(2000)).toBeCloseTo(1000, 6)
})

test('audio that stopped for a while is followed at once', () => {
  const line = createToldLine()
  for (let nowMs = 2000; nowMs <= 8000; nowMs += 250) line.add(reading(nowMs))

  line.add(reading(20_000, -10_000))

  expect(line.contextMsAt(20_000)).toBeCloseTo(9000, 3)
})

test('a buffer that the device lost is believed after three readings', () => {
  const line = createToldLine()
  for (let nowMs = 2000; nowMs <= 12_000; nowMs += 250)
    line.add(reading(nowMs, Math.sin(nowMs) / 20))
  const lateAt = (nowMs: number): number => (line.contextMsAt(nowMs) ?? 0) - (nowMs - 1000)
  for (const nowMs of [12_250, 12_500]) line.add(reading(nowMs, -5))
  expect(lateAt(12_500)).toBeGreaterThan(-1)

  line.add(reading(12_750, -5))

  expect(lateAt(13_000)).toBeCloseTo(-5, 1)
})

test('readings that bounce, as some devices have them, do not begin a new line', () => {
  const line = createToldLine()
  let worstMs = 0
  for (let index = 0; index < 200; index++) {
    const nowMs = 2000 + index * 250
    // Off by up to 3 ms, now and then three times in a row on one side.
    line.add(reading(nowMs, 3 * Math.sin(index * 1.7)))
    if (index > 40)
      worstMs = Math.max(worstMs, Math.abs((line.contextMsAt(nowMs) ?? 0) - (nowMs - 1000)))
  }

  expect(worstMs).toBeLessThan(0.6)
})

test('a buffer lost among the very first readings leaves no trace', () => {
  const line = createToldLine()
  line.add(reading(2000, 10))
  for (let nowMs = 2250; nowMs <= 3500; nowMs += 250) line.add(reading(nowMs))

  expect(line.contextMsAt(3500)).toBeCloseTo(2500, 3)
})

test('a tab that may read but once a minute keeps the rate of its sound card', () => {
  const line = createToldLine()
  const fast = (nowMs: number): void =>
    line.add({ contextTime: ((nowMs - 1000) / 1000) * 1.0001, performanceTime: nowMs })
  for (let nowMs = 2000; nowMs <= 22_000; nowMs += 250) fast(nowMs)

  for (let nowMs = 60_000; nowMs <= 600_000; nowMs += 60_000) {
    expect(Math.abs((line.contextMsAt(nowMs) ?? 0) - (nowMs - 1000) * 1.0001)).toBeLessThan(0.05)
    fast(nowMs)
  }
})

test('where readings are rare their noise still averages out', () => {
  const line = createToldLine()
  const noisy = (nowMs: number, index: number): void =>
    line.add(reading(nowMs, index % 2 === 0 ? 0.8 : -0.8))
  for (let index = 0; index < 40; index++) noisy(2000 + index * 250, index)

  for (let index = 1; index <= 10; index++) noisy(index * 60_000, index)

  expect(Math.abs((line.contextMsAt(600_000) ?? 0) - 599_000)).toBeLessThan(0.5)
})

test('a line that is forgotten begins anew at the rate that it had', () => {
  const line = createToldLine()
  for (let nowMs = 2000; nowMs <= 22_000; nowMs += 250)
    line.add({ contextTime: ((nowMs - 1000) / 1000) * 1.0001, performanceTime: nowMs })

  line.forget(22_000)
  expect(line.contextMsAt(22_000)).toBeUndefined()
  line.add(reading(22_000))
  expect(line.contextMsAt(22_000)).toBeUndefined()

  line.add(reading(30_000, -5000))
  expect(line.contextMsAt(40_000)).toBeCloseTo(24_000 + 10_000 * 1.0001, 1)
})
