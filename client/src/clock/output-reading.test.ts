import { expect, test } from 'vitest'
import { createOutputJudge, latencySeconds, type OutputReading } from './output-reading.ts'

const RATE = 48_000
/** The context started at 1000 ms of our clock; what it has rendered is heard 40 ms later. */
const readingAt = (nowMs: number, change: Partial<OutputReading> = {}): OutputReading => ({
  nowMs,
  currentTime: (nowMs - 1000) / 1000,
  contextTime: (nowMs - 1044) / 1000,
  performanceTime: nowMs - 4,
  outputLatency: 0.03,
  baseLatency: 512 / RATE,
  ...change,
})

test('[CLK11] what a browser tells of the loudspeaker is taken as it is', () => {
  const judge = createOutputJudge(RATE)

  expect(judge(readingAt(2000))).toMatchObject({
    told: { contextTime: 0.956, performanceTime: 1996 },
    isTrusted: true,
  })
})

test.each<[string, Partial<OutputReading>]>([
  ['nothing', { contextTime: undefined, performanceTime: undefined }],
  ['zeros', { contextTime: 0, performanceTime: 0 }],
  ['no numbers', { contextTime: NaN, performanceTime: NaN }],
  ['the time of another clock, as Safari 15.1 to 17.4 does', { performanceTime: 900_000 }],
  ['the time of another clock that lags', { performanceTime: 500 }],
  ['a moment that is not rendered yet', { contextTime: 1.001 }],
  ['a moment too long ago for any device', { contextTime: 0.49 }],
  ['an old stamp that leads into what is not rendered yet', { performanceTime: 1900 }],
  ['no more than we could count, as Firefox does', { contextTime: 0.97, performanceTime: 1999.9 }],
])('[CLK11] a browser that tells %s is counted after', (_, change) => {
  const judge = createOutputJudge(RATE)

  const judged = judge(readingAt(2000, change))

  expect(judged).toMatchObject({ isTrusted: false })
  expect(judged.told).toBeUndefined()
  expect(judged.counted?.contextTime).toBeCloseTo(1 - 0.03 - 512 / RATE, 9)
  expect(judged.counted?.performanceTime).toBe(2000)
})

test('before the audio runs there is nothing to count', () => {
  expect(createOutputJudge(RATE)(readingAt(1000)).counted).toBeUndefined()
})

test('a usual latency stands in for one that is not told', () => {
  const judged = createOutputJudge(RATE)(readingAt(2000, { outputLatency: undefined }))

  expect(judged.counted?.contextTime).toBeCloseTo(1 - 0.03 - 512 / RATE, 9)
  expect(latencySeconds({})).toBe(0.03)
  expect(latencySeconds({ outputLatency: 0.2, baseLatency: 0.01 })).toBeCloseTo(0.21, 9)
})

test('a buffer of no whole number of blocks counts as what is rendered for it at most', () => {
  const judged = createOutputJudge(RATE)(readingAt(2000, { baseLatency: 480 / RATE }))

  expect(judged.counted?.contextTime).toBeCloseTo(1 - 0.03 - (480 + 96) / RATE, 9)
})

test('a latency that is told wrong once is not believed', () => {
  const judge = createOutputJudge(RATE)
  for (let nowMs = 2000; nowMs < 3000; nowMs += 100) judge(readingAt(nowMs))

  const judged = judge(readingAt(3000, { outputLatency: 0.5 }))

  expect(judged.counted?.contextTime).toBeCloseTo(2 - 0.03 - 512 / RATE, 9)
})

test('[CLK11] a lag that leaps is followed again after three steady seconds', () => {
  const judge = createOutputJudge(RATE)
  const another = (nowMs: number): boolean =>
    judge(readingAt(nowMs, { contextTime: (nowMs - 1244) / 1000 })).isTrusted
  for (let nowMs = 2000; nowMs < 8000; nowMs += 100) judge(readingAt(nowMs))

  const trusted = Array.from({ length: 40 }, (_, index) => another(8000 + index * 100))

  expect(trusted.indexOf(true)).toBe(30)
  expect(trusted.slice(30)).not.toContain(false)
})
