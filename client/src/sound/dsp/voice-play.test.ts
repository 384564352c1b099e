import { expect, test } from 'vitest'
import { createStrip, setSound } from './strip.ts'
import {
  begin,
  centsOff,
  largestLeap,
  periodOf,
  play,
  SAMPLE_RATE,
  SOUND,
} from './testing/play-voices.ts'
import { createVoices } from './voices.ts'

test.each([33, 60, 69, 100])('pitch %i is in tune within a cent', (pitch) => {
  const strip = createStrip({ ...SOUND, waveform: 'sine', cutoffHz: 18_000 })
  const voices = createVoices(SAMPLE_RATE, strip)
  begin(voices, strip, pitch)

  const samples = play(voices, [strip], 300)

  expect(Math.abs(centsOff(periodOf(samples, 4000, 38_000), pitch))).toBeLessThan(1)
})

test('a note glides from the one before it, and arrives in tune', () => {
  const glides = { ...SOUND, waveform: 'sine', cutoffHz: 18_000, glideSeconds: 0.1 } as const
  const strip = createStrip(glides)
  const voices = createVoices(SAMPLE_RATE, strip)
  const first = begin(voices, strip, 60)
  play(voices, [strip], 50)
  if (first !== undefined) first.fadeAt = 0
  play(voices, [strip], 3)
  begin(voices, strip, 72)

  const samples = play(voices, [strip], 200)

  expect(centsOff(periodOf(samples, 1900, 2900), 72)).toBeLessThan(-300)
  expect(centsOff(periodOf(samples, 1900, 2900), 72)).toBeGreaterThan(-900)
  expect(Math.abs(centsOff(periodOf(samples, 6000, 24_000), 72))).toBeLessThan(1)
})

test.each(['mono', 'legato'] as const)('a %s track plays one note at a time', (playMode) => {
  const strip = createStrip({ ...SOUND, waveform: 'sine', cutoffHz: 18_000, playMode })
  const voices = createVoices(SAMPLE_RATE, strip)
  const first = begin(voices, strip, 60)
  play(voices, [strip], 20)
  const second = begin(voices, strip, 67, 100, 64)

  const samples = play(voices, [strip], 200)

  expect(second).toBe(first)
  expect(voices.sounding()).toBe(1)
  expect(Math.abs(centsOff(periodOf(samples, 2000, 20_000), 67))).toBeLessThan(1)
  expect(largestLeap(samples)).toBeLessThan(0.03)
})

test('a mono note is struck anew where a legato one goes on, at its very sample', () => {
  const levelsOf = (playMode: 'mono' | 'legato'): number[] => {
    const strip = createStrip({ ...SOUND, sustain: 0.2, decaySeconds: 0.01, playMode })
    const voices = createVoices(SAMPLE_RATE, strip)
    const voice = begin(voices, strip, 60)
    play(voices, [strip], 20)
    begin(voices, strip, 67, 100, 64)
    return [1, 2, 3, 4].map(() => {
      play(voices, [strip])
      return voice?.envelope.level ?? NaN
    })
  }

  const [atEnd = NaN, , , later = NaN] = levelsOf('mono')
  // 64 samples into an attack of 480.
  expect(atEnd).toBeCloseTo(0.2 + (0.8 * 64) / 480, 3)
  expect(later).toBeGreaterThan(0.8)
  for (const level of levelsOf('legato')) expect(level).toBeCloseTo(0.2, 3)
})

test('a note after a mono one that was let go is a voice of its own', () => {
  const strip = createStrip({ ...SOUND, playMode: 'mono' })
  const voices = createVoices(SAMPLE_RATE, strip)
  const first = begin(voices, strip, 60)
  play(voices, [strip], 20)
  if (first !== undefined) voices.end(first, 0)
  play(voices, [strip], 1)

  expect(begin(voices, strip, 62)).not.toBe(first)
})

test.each(['mono', 'legato'] as const)(
  'a %s note of another velocity does not click, at whatever stage it takes over',
  (playMode) => {
    for (const blocks of [1, 5, 40]) {
      for (const [before, after] of [
        [127, 10],
        [10, 127],
      ] as const) {
        const strip = createStrip({
          ...SOUND,
          waveform: 'sine',
          cutoffHz: 18_000,
          decaySeconds: 0.03,
          sustain: 0.6,
          playMode,
        })
        const voices = createVoices(SAMPLE_RATE, strip)
        begin(voices, strip, 33, before)
        const start = play(voices, [strip], blocks)
        begin(voices, strip, 33, after, 64)
        const next = play(voices, [strip], 60)

        expect(largestLeap(next)).toBeLessThan(0.006)
        expect(Math.abs((next[0] ?? 0) - (start.at(-1) ?? 0))).toBeLessThan(0.006)
        const alone = createVoices(SAMPLE_RATE, strip)
        begin(alone, strip, 33, after)
        const peak = Math.max(...play(alone, [strip], 100).subarray(-1500))
        expect(Math.max(...next.subarray(-1500)) / peak).toBeCloseTo(1, 1)
      }
    }
  },
)

test('a held note whose second oscillator is turned up an octave or two stays clean', () => {
  const sound = { ...SOUND, waveform: 'sine', levelB: 1, waveformB: 'sawtooth' } as const
  const [turned, plain] = [0, 24].map((semitonesB) => {
    const strip = createStrip({ ...sound, semitonesB })
    const voices = createVoices(SAMPLE_RATE, strip)
    const voice = begin(voices, strip, 80)
    play(voices, [strip], 10)
    setSound(strip, { ...sound, semitonesB: 24 })
    play(voices, [strip], 10)
    return voice?.levelB
  })

  expect(turned).toBe(plain)
})
