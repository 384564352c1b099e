import { expect, test } from 'vitest'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import { passFader } from './fader.ts'
import { createStrip, type BeatPlace, type Strip } from './strip.ts'
import type { Voice } from './voice.ts'
import { createVoices, MAX_TRACK_VOICES, MAX_VOICES, type Voices } from './voices.ts'

const SAMPLE_RATE = 48_000
const SOUND = { ...INITIAL_SOUND, sustain: 1, attackSeconds: 0.01, releaseSeconds: 1 }

const strips = (count: number): Strip[] => Array.from({ length: count }, () => createStrip(SOUND))

const PLACE: BeatPlace = { beat: 0, beatsPerFrame: 1 / 24_000 }

const begin = (
  voices: Voices,
  strip: Strip,
  pitch: number,
  velocity = 100,
  offset = 0,
): Voice | undefined => voices.begin(strip, { pitch, velocity, offset, seed: pitch })

/** Renders blocks and hands back what the strips gave. */
function play(voices: Voices, all: readonly Strip[], blocks = 1): Float64Array {
  const out = new Float64Array(blocks * 128)
  for (let block = 0; block < blocks; block++) {
    const left = out.subarray(block * 128, (block + 1) * 128)
    voices.render(128, PLACE)
    for (const strip of all.filter(({ isReady }) => isReady)) {
      const own = new Float64Array(128)
      passFader(strip, own, new Float64Array(128), 128)
      for (const [at, sample] of own.entries()) left[at] = (left[at] ?? 0) + sample
    }
  }
  return out
}

function largestLeap(samples: Float64Array): number {
  let leap = 0
  for (let i = 1; i < samples.length; i++) {
    leap = Math.max(leap, Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0)))
  }
  return leap
}

test('a track sounds with at most its share of voices', () => {
  const [strip] = strips(1) as [Strip]
  const voices = createVoices(SAMPLE_RATE, strip)

  for (let pitch = 30; pitch < 80; pitch++) {
    begin(voices, strip, pitch, 100, 0)
    play(voices, [strip])
  }

  expect(voices.sounding(strip)).toBe(MAX_TRACK_VOICES)
})

test('all tracks together sound with at most all voices', () => {
  const all = strips(8)
  const voices = createVoices(SAMPLE_RATE, all[0] as Strip)

  for (let pitch = 30; pitch < 50; pitch++) {
    for (const strip of all) begin(voices, strip, pitch, 100, 0)
    play(voices, all)
  }

  expect(voices.sounding()).toBe(MAX_VOICES)
})

test('of a chord larger than the share the first notes sound', () => {
  const [strip] = strips(1) as [Strip]
  const voices = createVoices(SAMPLE_RATE, strip)

  const begun = Array.from({ length: 20 }, (_, n) => begin(voices, strip, 40 + n, 100, 0))

  expect(begun.filter((voice) => voice !== undefined)).toHaveLength(MAX_TRACK_VOICES)
  expect(begun[0]).toBeDefined()
  expect(begun[19]).toBeUndefined()
})

test('the oldest released voice makes room before any that is held', () => {
  const [strip] = strips(1) as [Strip]
  const voices = createVoices(SAMPLE_RATE, strip)
  const begun = Array.from({ length: MAX_TRACK_VOICES }, (_, n) =>
    begin(voices, strip, 40 + n, 100, 0),
  )
  play(voices, [strip], 10)
  for (const index of [7, 3]) voices.end(begun[index] as never, 0)
  play(voices, [strip])

  begin(voices, strip, 90, 100, 0)

  expect(begun[3]?.fadeAt).toBe(0)
  expect(begun[7]?.fadeAt).toBe(Infinity)
})

test('when all are held the quietest makes room', () => {
  const [strip] = strips(1) as [Strip]
  const voices = createVoices(SAMPLE_RATE, strip)
  const begun = Array.from({ length: MAX_TRACK_VOICES }, (_, n) =>
    begin(voices, strip, 40 + n, n === 5 ? 20 : 100, 0),
  )
  play(voices, [strip], 10)

  begin(voices, strip, 90, 100, 0)

  expect(begun.findIndex((voice) => voice?.fadeAt === 0)).toBe(5)
})

test('making room clicks no more than a note that ends', () => {
  const quiet = { ...SOUND, waveform: 'sine', cutoffHz: 18_000 } as const
  const strip = createStrip(quiet)
  const voices = createVoices(SAMPLE_RATE, strip)
  for (let n = 0; n < MAX_TRACK_VOICES; n++) begin(voices, strip, 40 + n, 100, 0)
  const before = largestLeap(play(voices, [strip], 40))

  for (let n = 0; n < 8; n++) begin(voices, strip, 24 + n, 1, 64)
  const during = largestLeap(play(voices, [strip], 4))

  expect(during).toBeLessThan(before * 1.2)
})

test('a pitch that is struck again releases the voice it had', () => {
  const [strip, other] = strips(2) as [Strip, Strip]
  const voices = createVoices(SAMPLE_RATE, strip)
  const first = begin(voices, strip, 60, 100, 0)
  const elsewhere = begin(voices, other, 60, 100, 0)
  play(voices, [strip, other])

  begin(voices, strip, 60, 100, 10)
  play(voices, [strip, other])

  expect(first?.envelope.stage).toBe('release')
  expect(elsewhere?.envelope.stage).toBe('attack')
})

test('a voice begins at its offset and ends after its samples', () => {
  const strip = createStrip({ ...SOUND, attackSeconds: 0.001, releaseSeconds: 0.001 })
  const voices = createVoices(SAMPLE_RATE, strip)
  const voice = begin(voices, strip, 60, 100, 50)
  if (voice !== undefined) voice.endSamples = 200

  const samples = play(voices, [strip], 3)

  expect(samples.findIndex((sample) => sample !== 0)).toBe(50)
  expect(samples[247]).not.toBe(0)
  expect(samples.subarray(248).every((sample) => sample === 0)).toBe(true)
})

test('a voice whose filter breaks down is silenced, and its track goes on', () => {
  const [strip] = strips(1) as [Strip]
  const voices = createVoices(SAMPLE_RATE, strip)
  begin(voices, strip, 60)?.filter.fill(NaN)

  const before = play(voices, [strip])
  const left = voices.sounding()
  begin(voices, strip, 64)
  const samples = play(voices, [strip], 4)

  expect(left).toBe(0)
  expect(before.every(Number.isFinite)).toBe(true)
  expect(samples.every(Number.isFinite)).toBe(true)
  expect(samples.some((sample) => sample !== 0)).toBe(true)
})

test('a filter that rings out does not creep towards the smallest numbers', () => {
  const strip = createStrip({ ...SOUND, sustain: 0, decaySeconds: 0.01, waveform: 'sine' })
  const voices = createVoices(SAMPLE_RATE, strip)
  const voice = begin(voices, strip, 60)
  play(voices, [strip], 10)
  if (voice !== undefined) voice.pitch = voice.tone = -300
  voice?.phases.fill(0)

  const states = Array.from({ length: 200 }, () => {
    play(voices, [strip])
    return [...(voice?.filter ?? [])]
  }).flat()

  expect(states.at(-1)).toBe(0)
  expect(states.every((state) => state === 0 || Math.abs(state) > 1e-16)).toBe(true)
})

/** Frames between the places where the samples rise through zero, over a stretch. */
function periodOf(samples: Float64Array, from: number, to: number): number {
  const rises: number[] = []
  for (let at = from + 1; at < to; at++) {
    const [before = 0, here = 0] = [samples[at - 1], samples[at]]
    if (before < 0 && here >= 0) rises.push(at - here / (here - before))
  }
  return ((rises.at(-1) ?? NaN) - (rises[0] ?? NaN)) / (rises.length - 1)
}

const centsOff = (period: number, pitch: number): number =>
  1200 * Math.log2(SAMPLE_RATE / period / (440 * 2 ** ((pitch - 69) / 12)))

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

test('where unison is given up a voice has fewer oscillators, and those that sound keep theirs', () => {
  const strip = createStrip({ ...SOUND, unison: '7' })
  const voices = createVoices(SAMPLE_RATE, strip)
  const rich = begin(voices, strip, 60)

  voices.limits.unison = 3
  const eased = begin(voices, strip, 64)

  expect([rich?.unison, eased?.unison]).toEqual([7, 3])
})

test('where voices are given up a track has fewer, but for the one that is spared', () => {
  const [spared, other] = strips(2) as [Strip, Strip]
  const voices = createVoices(SAMPLE_RATE, spared)
  voices.limits.trackVoices = 3
  voices.limits.spared = spared

  for (let pitch = 40; pitch < 48; pitch++) {
    for (const strip of [spared, other]) begin(voices, strip, pitch)
    play(voices, [spared, other])
  }

  expect([voices.sounding(spared), voices.sounding(other)]).toEqual([8, 3])
})

test('[SND1] noise and unison of one seed are the same, of another are not', () => {
  const soundOf = (seed: number): Float64Array => {
    const strip = createStrip({ ...SOUND, noise: 0.5, unison: '5' })
    const voices = createVoices(SAMPLE_RATE, strip)
    voices.begin(strip, { pitch: 60, velocity: 100, offset: 0, seed })
    return play(voices, [strip], 4)
  }

  expect(soundOf(1)).toEqual(soundOf(1))
  expect(soundOf(2)).not.toEqual(soundOf(1))
})
