import { expect, test } from 'vitest'
import { createEqualiser, type EqualiserSettings } from './equaliser.ts'
import {
  areFinite,
  areBothSame,
  areSame,
  largestStep,
  loudnessOf,
  noiseAt,
  poisoned,
  run,
  SAMPLE_RATE,
  silence,
  sineAt,
  type Stereo,
  stereo,
  toDb,
} from './testing/signals.ts'

const SECOND = SAMPLE_RATE
const FLAT: EqualiserSettings = { lowDb: 0, middleDb: 0, highDb: 0 }

function equalised(settings: EqualiserSettings, sound: Stereo): Stereo {
  const equaliser = createEqualiser(SAMPLE_RATE)
  equaliser.set(settings)
  return run(equaliser.process, sound)
}

function responseDb(settings: EqualiserSettings, hz: number): number {
  const sound = equalised(settings, stereo(SECOND, sineAt(hz, 0.1)))
  return toDb(loudnessOf(sound.left, SECOND / 2) / (0.1 * Math.SQRT1_2))
}

test.each([
  { settings: { ...FLAT, lowDb: 12 }, at30: 12, at1000: 0, at15000: 0 },
  { settings: { ...FLAT, lowDb: -15 }, at30: -15, at1000: 0, at15000: 0 },
  { settings: { ...FLAT, middleDb: 9 }, at30: 0, at1000: 9, at15000: 0 },
  { settings: { ...FLAT, middleDb: -12 }, at30: 0, at1000: -12, at15000: 0 },
  { settings: { ...FLAT, highDb: 10 }, at30: 0, at1000: 0, at15000: 10 },
  { settings: { ...FLAT, highDb: -10 }, at30: 0, at1000: 0, at15000: -10 },
])('$settings is heard where it stands', ({ settings, at30, at1000, at15000 }) => {
  expect(Math.abs(responseDb(settings, 30) - at30)).toBeLessThan(0.5)
  expect(Math.abs(responseDb(settings, 1000) - at1000)).toBeLessThan(0.5)
  expect(Math.abs(responseDb(settings, 15_000) - at15000)).toBeLessThan(0.5)
})

test.each([
  { settings: { ...FLAT, lowDb: 12 }, hz: 180 },
  { settings: { ...FLAT, highDb: 12 }, hz: 5000 },
])('half of a shelf of 12 dB is reached at $hz Hz', ({ settings, hz }) => {
  expect(responseDb(settings, hz)).toBeCloseTo(6, 1)
})

test('the peak is as wide as its Q', () => {
  // The analog prototype, (s² + s A/Q + 1) / (s² + s/(A Q) + 1), at half an octave above its middle.
  const a = Math.pow(10, 12 / 40)
  const detuning = Math.SQRT2 - Math.SQRT1_2
  const expected = toDb(Math.hypot(detuning, a / 0.8) / Math.hypot(detuning, 1 / (0.8 * a)))

  expect(responseDb({ ...FLAT, middleDb: 12 }, 1000 * Math.SQRT2)).toBeCloseTo(expected, 1)
})

test('flat bands leave every bit as it was, also after some', () => {
  const equaliser = createEqualiser(SAMPLE_RATE)
  const sound = stereo(SECOND, noiseAt(0.7))
  const out = { left: sound.left.slice(), right: sound.right.slice() }

  run(equaliser.process, out, (frame) => {
    const isFlat = frame < 12_800 || frame >= 25_600
    equaliser.set(isFlat ? FLAT : { lowDb: 6, middleDb: -6, highDb: 6 })
  })

  expect(areSame(out.left.subarray(0, 12_800), sound.left.subarray(0, 12_800))).toBe(true)
  expect(areSame(out.left.subarray(12_800, 25_600), sound.left.subarray(12_800, 25_600))).toBe(
    false,
  )
  expect(areSame(out.left.subarray(32_000), sound.left.subarray(32_000))).toBe(true)
  expect(areSame(out.right.subarray(32_000), sound.right.subarray(32_000))).toBe(true)
})

test.each(['lowDb', 'middleDb', 'highDb'] as const)('a leap of %s does not click', (band) => {
  const equaliser = createEqualiser(SAMPLE_RATE)
  const hz = { lowDb: 50, middleDb: 500, highDb: 2000 }[band]
  const settled = equalised({ ...FLAT, [band]: 15 }, stereo(SECOND, sineAt(hz, 0.1)))

  const { left } = run(equaliser.process, stereo(SECOND, sineAt(hz, 0.1)), (frame) => {
    equaliser.set({ ...FLAT, [band]: Math.floor(frame / 1280) % 2 === 0 ? 15 : -15 })
  })

  // From -15 to 15 dB in 5 ms adds a slope of its own, which a leap would exceed by far.
  expect(largestStep(left)).toBeLessThan(largestStep(settled.left, SECOND / 2) + 0.01)
})

test('after the sound comes silence to the last bit', () => {
  const equaliser = createEqualiser(SAMPLE_RATE)
  equaliser.set({ lowDb: 15, middleDb: 15, highDb: 15 })
  run(equaliser.process, stereo(4800, noiseAt(0.7)))
  const wasSilent = equaliser.isSilent()

  const { left, right } = run(equaliser.process, silence(SECOND))

  expect(wasSilent).toBe(false)
  expect(equaliser.isSilent()).toBe(true)
  expect(left.subarray(SECOND / 2).every((sample) => sample === 0)).toBe(true)
  expect(right.subarray(SECOND / 2).every((sample) => sample === 0)).toBe(true)
})

test('numbers that are none, and absurd ones, do no harm', () => {
  const out = equalised({ lowDb: 15, middleDb: -15, highDb: 15 }, poisoned(4800))

  expect(areFinite(out)).toBe(true)
  expect(loudnessOf(out.left, 3000)).toBeGreaterThan(0.1)
})

test.each([false, true])(
  'three bands at once sound like one after the other (wide: %s)',
  (isWide) => {
    const sound = (): Stereo => {
      const { left, right } = stereo(9600, noiseAt(0.5))
      return isWide ? { left, right: right.map((sample) => -0.5 * sample) } : { left, right }
    }
    const inTurn = [{ lowDb: 6 }, { middleDb: -9 }, { highDb: 4 }].reduce(
      (from: Stereo, band) => equalised({ ...FLAT, ...band }, from),
      sound(),
    )

    const atOnce = equalised({ lowDb: 6, middleDb: -9, highDb: 4 }, sound())

    for (const side of ['left', 'right'] as const) {
      const rest = atOnce[side].map((sample, at) => sample - (inTurn[side][at] ?? 0))
      expect(loudnessOf(rest)).toBeLessThan(1e-12)
    }
  },
)

test('two equalisers give the same to the last bit', () => {
  const settings = { lowDb: 3, middleDb: -4, highDb: 5 }
  const one = equalised(settings, stereo(9600, noiseAt(0.5)))

  const other = equalised(settings, stereo(9600, noiseAt(0.5)))

  expect(areBothSame(other, one)).toBe(true)
})
