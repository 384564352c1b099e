import { expect, test } from 'vitest'
import { createEcho, type EchoSettings } from './echo.ts'
import {
  areFinite,
  areBothSame,
  energyOf,
  largestStep,
  loudnessOf,
  noiseAt,
  poisoned,
  runSend,
  SAMPLE_RATE,
  silence,
  sineAt,
  type Stereo,
  stereo,
} from './testing/signals.ts'

const SECOND = SAMPLE_RATE
const SETTINGS: EchoSettings = { frames: 9001, feedback: 0.5, tone: 1, level: 1 }

type Echo = ReturnType<typeof createEcho>

const echoed = (echo: Echo, sent: Stereo, before?: (frame: number) => void): Stereo =>
  runSend(
    (send, left, right, count) => {
      echo.process(send.left, send.right, left, right, count)
    },
    sent,
    before,
  )

function createEchoOf(settings: Partial<EchoSettings> = {}): Echo {
  const echo = createEcho(SAMPLE_RATE)
  echo.set({ ...SETTINGS, ...settings })
  echoed(echo, silence(9600))
  return echo
}

const impulse = (length: number): Stereo => stereo(length, (frame) => (frame === 100 ? 1 : 0))

const loudestAt = (samples: Float64Array, from: number, to: number): number => {
  let loudest = from
  for (let i = from; i < to; i++) {
    if (Math.abs(samples[i] ?? 0) > Math.abs(samples[loudest] ?? 0)) loudest = i
  }
  return loudest
}

test('the first repeat is what was sent, in time and on the left', () => {
  const { left, right } = echoed(createEchoOf({ level: 0.8 }), impulse(SECOND))

  expect(left[100 + 9001]).toBeCloseTo(0.8, 6)
  expect(energyOf(left, 0, 18_000)).toBeCloseTo(0.64, 6)
  expect(energyOf(right, 0, 18_000)).toBe(0)
})

test('further repeats fall on their sample, on the other side each', () => {
  const { left, right } = echoed(createEchoOf(), impulse(SECOND))

  for (const repeat of [2, 3, 4, 5]) {
    const due = 100 + 9001 * repeat
    const [here, there] = repeat % 2 === 0 ? [right, left] : [left, right]
    expect(loudestAt(here, due - 4000, due + 4000)).toBe(due)
    expect(energyOf(there, due - 4000, due)).toBeLessThan(1e-3 * energyOf(here, due, due + 4000))
    expect(here[due - 1]).toBe(0)
  }
})

test('each repeat has the share of the one before that the feedback says', () => {
  const burst = stereo(2 * SECOND, (frame) => (frame < 4800 ? sineAt(1000, 0.5)(frame) : 0))

  const { left, right } = echoed(createEchoOf({ feedback: 0.7 }), burst)

  const levels = [left, right, left, right].map((side, at) =>
    loudnessOf(side, 9001 * (at + 1) + 1000, 9001 * (at + 1) + 4000),
  )
  expect(levels[0]).toBeCloseTo(0.5 * Math.SQRT1_2, 3)
  for (const [at, level] of levels.entries()) {
    expect(level / (levels[0] ?? 0) / Math.pow(0.7, at)).toBeCloseTo(1, 1)
  }
})

test('a delay between two samples is kept', () => {
  const sent = stereo(SECOND, sineAt(1000, 0.5))

  const { left } = echoed(createEchoOf({ frames: 9000.25, feedback: 0 }), sent)

  for (let i = 20_000; i < 20_100; i++) {
    expect(left[i]).toBeCloseTo(sineAt(1000, 0.5)(i - 9000.25), 4)
  }
})

test('repeats get darker the lower the tone is', () => {
  const highs = (tone: number): number => {
    const burst = stereo(SECOND, (frame) => (frame < 4800 ? sineAt(6000, 0.5)(frame) : 0))
    const { left } = echoed(createEchoOf({ tone }), burst)
    return loudnessOf(left, 27_003, 31_000)
  }

  expect(highs(0.5)).toBeLessThan(0.5 * highs(1))
  expect(highs(0)).toBeLessThan(0.2 * highs(0.5))
})

test('an offset does not build up', () => {
  const { left, right } = echoed(
    createEchoOf({ frames: 2000, feedback: 0.9 }),
    stereo(4 * SECOND, () => 0.1),
  )

  expect(Math.max(...left.subarray(3 * SECOND))).toBeLessThan(0.11)
  expect(Math.max(...right.subarray(3 * SECOND))).toBeLessThan(0.01)
})

test('a new delay is faded in, without a click and without another pitch', () => {
  const echo = createEchoOf({ frames: 6000, feedback: 0 })
  const delays = [6000, 11_000, 3333.3, 24_000, 132]

  const { left } = echoed(echo, stereo(2 * SECOND, sineAt(300, 0.5)), (frame) => {
    echo.set({ ...SETTINGS, feedback: 0, frames: delays[Math.floor(frame / 16_000) % 5] ?? 0 })
  })

  // The sine goes up to 0.0196 from sample to sample; a cut between heads would go up to 1.
  expect(largestStep(left, 7000)).toBeLessThan(0.0215)
  for (const turn of [1, 2, 3, 4]) {
    const settled = left.subarray(16_000 * turn + 1500, 16_000 * turn + 1500 + 9600)
    expect(loudnessOf(settled)).toBeCloseTo(0.5 * Math.SQRT1_2, 3)
  }
})

test('the last of many new delays is reached', () => {
  const echo = createEchoOf({ feedback: 0 })
  echoed(echo, stereo(SECOND, sineAt(300, 0.5)), (frame) => {
    echo.set({ ...SETTINGS, feedback: 0, frames: 5000 + frame / 10 })
  })
  echo.set({ ...SETTINGS, feedback: 0, frames: 7000 })
  echoed(echo, silence(SECOND))

  const { left } = echoed(echo, impulse(SECOND))

  expect(loudestAt(left, 0, SECOND)).toBe(7100)
})

test.each([
  [7000, 7000],
  [1, 132],
  [NaN, 132],
  [1e9, 96_000],
])('a time of %d frames, changed alone, is taken for %d', (frames, taken) => {
  const echo = createEchoOf({ feedback: 0 })
  echo.time.frames = frames
  echoed(echo, silence(SECOND))

  const { left } = echoed(echo, impulse(3 * SECOND))

  expect(loudestAt(left, 0, 3 * SECOND)).toBe(100 + taken)
})

test('a turn of feedback, tone or level does not click', () => {
  const echo = createEchoOf({ frames: 4800 })

  const { left } = echoed(echo, stereo(SECOND, sineAt(100, 0.5)), (frame) => {
    const turned = Math.floor(frame / 6400) % 2
    echo.set({ frames: 4800, feedback: 0.6 * turned, tone: turned, level: turned })
  })

  expect(largestStep(left, 5000)).toBeLessThan(0.025)
})

test('even a long echo ends, to the last bit, and then is silent', () => {
  const echo = createEchoOf({ frames: 12_000, feedback: 0.9, tone: 0.8 })
  echoed(echo, stereo(4800, noiseAt(0.7)))
  const wasSilent = echo.isSilent()

  const { left, right } = echoed(echo, silence(60 * SECOND))

  expect(wasSilent).toBe(false)
  expect(echo.isSilent()).toBe(true)
  expect(energyOf(left, 0, 20 * SECOND)).toBeGreaterThan(0)
  expect(energyOf(left, 58 * SECOND)).toBe(0)
  expect(energyOf(right, 58 * SECOND)).toBe(0)
})

test('an echo that only waits is not silent', () => {
  const echo = createEchoOf({ frames: 90_000 })

  echoed(echo, impulse(12_800))
  echoed(echo, silence(64_000))

  expect(echo.isSilent()).toBe(false)
})

test('numbers that are none, and absurd ones, do no harm', () => {
  const echo = createEchoOf({ frames: 1000, feedback: 0.9 })

  const out = echoed(echo, poisoned(SECOND))

  expect(areFinite(out)).toBe(true)
  expect(loudnessOf(out.left, SECOND / 2)).toBeGreaterThan(0.1)
  expect(Math.max(...out.left)).toBeLessThan(5)
})

test('two echoes give the same to the last bit', () => {
  const one = echoed(createEchoOf(), stereo(SECOND, noiseAt(0.5)))

  const other = echoed(createEchoOf(), stereo(SECOND, noiseAt(0.5)))

  expect(areBothSame(other, one)).toBe(true)
})
