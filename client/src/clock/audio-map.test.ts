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
