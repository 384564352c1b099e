import { expect, test } from 'vitest'
import { createAudioMap } from './audio-map.ts'

const RATE = 48_000
/** The context started at 1000 ms of our clock. */
const reading = (
  performanceTime: number,
  offMs = 0,
): { contextTime: number; performanceTime: number } => ({
  contextTime: (performanceTime - 1000 + offMs) / 1000,
  performanceTime,
})

test('before the first reading nothing is known', () => {
  expect(createAudioMap(RATE).frameAt(0)).toBeUndefined()
})

test('one reading gives the frame of every moment', () => {
  const map = createAudioMap(RATE)
  map.add(reading(2000))

  expect(map.frameAt(2000)).toBeCloseTo(48_000, 6)
  expect(map.frameAt(2500)).toBeCloseTo(72_000, 6)
})

test('noise in the readings averages out', () => {
  const map = createAudioMap(RATE)
  for (let index = 0; index < 40; index++) {
    map.add(reading(2000 + index * 250, index % 2 === 0 ? 0.5 : -0.5))
  }

  expect(Math.abs((map.frameAt(12_000) ?? 0) - 11 * RATE)).toBeLessThan(5)
})

test('a sound card that runs fast is followed', () => {
  const map = createAudioMap(RATE)
  for (let nowMs = 2000; nowMs <= 22_000; nowMs += 250) {
    map.add({ contextTime: ((nowMs - 1000) / 1000) * 1.0001, performanceTime: nowMs })
  }

  expect(map.frameAt(23_000)).toBeCloseTo(22 * RATE * 1.0001, 0)
})

test('zeros, repeats and what is not finite are ignored', () => {
  const map = createAudioMap(RATE)
  map.add({ contextTime: 0, performanceTime: 0 })
  map.add({ contextTime: NaN, performanceTime: 5 })
  expect(map.frameAt(0)).toBeUndefined()

  map.add(reading(2000))
  map.add(reading(2000, 400))

  expect(map.frameAt(2000)).toBeCloseTo(48_000, 6)
})

test('audio that stopped for a while is followed at once', () => {
  const map = createAudioMap(RATE)
  for (let nowMs = 2000; nowMs <= 8000; nowMs += 250) map.add(reading(nowMs))

  map.add(reading(20_000, -10_000))

  expect(map.frameAt(20_000)).toBeCloseTo(9 * RATE, 3)
})

test('a buffer that the device lost is believed after three readings', () => {
  const map = createAudioMap(RATE)
  for (let nowMs = 2000; nowMs <= 12_000; nowMs += 250)
    map.add(reading(nowMs, Math.sin(nowMs) / 20))
  const lateAt = (nowMs: number): number =>
    ((map.frameAt(nowMs) ?? 0) / RATE) * 1000 - (nowMs - 1000)
  for (const nowMs of [12_250, 12_500]) map.add(reading(nowMs, -5))
  expect(lateAt(12_500)).toBeGreaterThan(-1)

  map.add(reading(12_750, -5))

  expect(lateAt(13_000)).toBeCloseTo(-5, 1)
})

test('readings that bounce, as some devices have them, do not begin a new line', () => {
  const map = createAudioMap(RATE)
  let worstMs = 0
  for (let index = 0; index < 200; index++) {
    const nowMs = 2000 + index * 250
    // Off by up to 3 ms, now and then three times in a row on one side.
    map.add(reading(nowMs, 3 * Math.sin(index * 1.7)))
    if (index > 40)
      worstMs = Math.max(worstMs, Math.abs((map.frameAt(nowMs) ?? 0) / 48 - (nowMs - 1000)))
  }

  expect(worstMs).toBeLessThan(0.6)
})

test('a buffer lost among the very first readings leaves no trace', () => {
  const map = createAudioMap(RATE)
  map.add(reading(2000, 10))
  for (let nowMs = 2250; nowMs <= 3500; nowMs += 250) map.add(reading(nowMs))

  expect(map.frameAt(3500)).toBeCloseTo(2.5 * RATE, 3)
})
