import { expect, test } from 'vitest'
import { createAudioMap, type AudioMap } from './audio-map.ts'
import { createFakeDevice, type DeviceOptions, type FakeDevice } from './fake-device.ts'
import { fitLine, offLine } from './line.ts'
import type { OutputReading } from './output-reading.ts'

const RATE = 48_000
const NOTHING_TOLD: Partial<OutputReading> = {}

/** Repeats itself from run to run. */
function createDice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const deviceOf = (change: Partial<DeviceOptions> = {}): FakeDevice =>
  createFakeDevice({
    sampleRate: RATE,
    bufferFrames: 480,
    slope: 1.00005,
    outputLatency: 0.032,
    latenessMs: () => 0,
    ...change,
  })

/** Reads every 97 ms or a little later; the errors of the map, ms, positive where it says too much. */
function follow(
  map: AudioMap,
  device: FakeDevice,
  fromMs: number,
  toMs: number,
  told?: (nowMs: number) => Partial<OutputReading>,
): readonly number[] {
  const dice = createDice(7)
  const errors: number[] = []
  for (let nowMs = fromMs; nowMs < toMs; nowMs += 97 + 2 * dice()) {
    map.add(device.readAt(nowMs, told?.(nowMs)))
    errors.push(errorAt(map, device, nowMs))
  }
  return errors
}

const errorAt = (map: AudioMap, device: FakeDevice, localMs: number): number =>
  ((map.frameAt(localMs) ?? 0) / RATE) * 1000 - device.heardMsAt(localMs)

const p95 = (errors: readonly number[]): number => {
  const sorted = errors.map(Math.abs).toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.95)] ?? Infinity
}

test('before the first reading nothing is known, nor after the audio stood still', () => {
  const map = createAudioMap(RATE)
  expect(map.frameAt(0)).toBeUndefined()
  follow(map, deviceOf(), 2000, 5000)

  map.forget(5000)

  expect(map.frameAt(5000)).toBeUndefined()
})

test('[CLK11] what the browser tells is followed to a tenth of a millisecond', () => {
  const errors = follow(createAudioMap(RATE), deviceOf(), 2000, 20_000)

  expect(p95(errors.slice(30))).toBeLessThan(0.1)
})

test.each([128, 441, 480, 512, 1024])(
  '[CLK11] where nothing is told, counting errs by less than 2 ms with buffers of %i frames',
  (bufferFrames) => {
    const dice = createDice(bufferFrames)
    const late = (): number => (dice() < 0.2 ? 3 * dice() : 0.2 * dice())
    const device = deviceOf({ bufferFrames, latenessMs: late })
    const map = createAudioMap(RATE)

    const errors = follow(map, device, 2000, 62_000, () => NOTHING_TOLD)

    expect(p95(errors.slice(30))).toBeLessThan(2)
  },
)

test('the mean line, which counting does not take, is late by half a buffer', () => {
  const device = deviceOf({ bufferFrames: 1024 })
  const dice = createDice(3)
  const readings = Array.from({ length: 200 }, (_, index) => {
    const nowMs = 2000 + index * 97 + 2 * dice()
    const { currentTime } = device.readAt(nowMs)
    return { contextTime: currentTime - 0.032 - 1024 / RATE, performanceTime: nowMs }
  })

  const mean = fitLine(readings, 2000, 1)

  const truth = { contextTime: device.heardMsAt(15_000) / 1000, performanceTime: 15_000 }
  expect(mean && offLine(mean, truth)).toBeGreaterThan(8)
})

test('[CLK11] a timestamp that freezes is followed by 30 ms at most, and again once it has behaved', () => {
  const device = deviceOf()
  const map = createAudioMap(RATE)
  follow(map, device, 2000, 20_000)
  const { contextTime } = device.toldAt(20_000)

  const frozen = follow(map, device, 20_000, 30_000, (nowMs) => ({
    contextTime,
    performanceTime: nowMs,
  }))
  const mended = follow(map, device, 30_000, 45_000)

  expect(Math.max(...frozen.map(Math.abs))).toBeLessThan(30)
  expect(p95(frozen.slice(5))).toBeLessThan(2)
  expect(p95(mended)).toBeLessThan(2)
  expect(p95(mended.slice(40))).toBeLessThan(0.1)
})

test('[CLK11] a timestamp that runs at another rate is found out', () => {
  const device = deviceOf()
  const map = createAudioMap(RATE)
  const lying = (nowMs: number): Partial<OutputReading> => {
    const { contextTime = 0, performanceTime } = device.toldAt(nowMs)
    return { contextTime: contextTime - 0.002 * ((nowMs - 2000) / 1000), performanceTime }
  }

  const errors = follow(map, device, 2000, 62_000, lying)

  // Caught twice, within a quarter of a minute.
  expect(p95(errors.slice(160))).toBeLessThan(2)
})

test('[CLK11] after the audio stood still the map begins anew with the first reading', () => {
  const device = deviceOf()
  const map = createAudioMap(RATE)
  follow(map, device, 2000, 20_000)
  const before = device.toldAt(20_000)

  device.stall(700)
  // The browser's timestamp still is that of before.
  map.add(device.readAt(20_700, before))
  const first = errorAt(map, device, 20_700)
  const errors = follow(map, device, 20_800, 24_000)

  expect(Math.abs(first)).toBeLessThan(12)
  expect(p95(errors)).toBeLessThan(0.1)
})

test('a buffer that the device lost is believed within three seconds, also when counting', () => {
  const device = deviceOf()
  const map = createAudioMap(RATE)
  follow(map, device, 2000, 20_000, () => NOTHING_TOLD)

  device.stall(10)
  const errors = follow(map, device, 20_000, 30_000, () => NOTHING_TOLD)

  expect(p95(errors.slice(31))).toBeLessThan(3)
})
