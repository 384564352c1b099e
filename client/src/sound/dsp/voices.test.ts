import { expect, test } from 'vitest'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import { createStrip, mix, type Strip } from './strip.ts'
import { createVoices, MAX_TRACK_VOICES, MAX_VOICES, type Voices } from './voices.ts'

const SAMPLE_RATE = 48_000
const SOUND = { ...INITIAL_SOUND, sustain: 1, attackSeconds: 0.01, releaseSeconds: 1 }

const strips = (count: number): Strip[] => Array.from({ length: count }, () => createStrip(SOUND))

/** Renders blocks and hands back what the strips gave. */
function play(voices: Voices, all: readonly Strip[], blocks = 1): Float64Array {
  const out = new Float64Array(blocks * 128)
  for (let block = 0; block < blocks; block++) {
    const left = out.subarray(block * 128, (block + 1) * 128)
    voices.render(128)
    for (const strip of all) mix(strip, left, new Float64Array(128), 128, SAMPLE_RATE)
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
    voices.begin(strip, pitch, 100, 0)
    play(voices, [strip])
  }

  expect(voices.sounding(strip)).toBe(MAX_TRACK_VOICES)
})

test('all tracks together sound with at most all voices', () => {
  const all = strips(8)
  const voices = createVoices(SAMPLE_RATE, all[0] as Strip)

  for (let pitch = 30; pitch < 50; pitch++) {
    for (const strip of all) voices.begin(strip, pitch, 100, 0)
    play(voices, all)
  }

  expect(voices.sounding()).toBe(MAX_VOICES)
})

test('of a chord larger than the share the first notes sound', () => {
  const [strip] = strips(1) as [Strip]
  const voices = createVoices(SAMPLE_RATE, strip)

  const begun = Array.from({ length: 20 }, (_, n) => voices.begin(strip, 40 + n, 100, 0))

  expect(begun.filter((voice) => voice !== undefined)).toHaveLength(MAX_TRACK_VOICES)
  expect(begun[0]).toBeDefined()
  expect(begun[19]).toBeUndefined()
})

test('the oldest released voice makes room before any that is held', () => {
  const [strip] = strips(1) as [Strip]
  const voices = createVoices(SAMPLE_RATE, strip)
  const begun = Array.from({ length: MAX_TRACK_VOICES }, (_, n) =>
    voices.begin(strip, 40 + n, 100, 0),
  )
  play(voices, [strip], 10)
  for (const index of [7, 3]) voices.end(begun[index] as never, 0)
  play(voices, [strip])

  voices.begin(strip, 90, 100, 0)

  expect(begun[3]?.fadeAt).toBe(0)
  expect(begun[7]?.fadeAt).toBe(Infinity)
})

test('when all are held the quietest makes room', () => {
  const [strip] = strips(1) as [Strip]
  const voices = createVoices(SAMPLE_RATE, strip)
  const begun = Array.from({ length: MAX_TRACK_VOICES }, (_, n) =>
    voices.begin(strip, 40 + n, n === 5 ? 20 : 100, 0),
  )
  play(voices, [strip], 10)

  voices.begin(strip, 90, 100, 0)

  expect(begun.findIndex((voice) => voice?.fadeAt === 0)).toBe(5)
})

test('making room clicks no more than a note that ends', () => {
  const quiet = { ...SOUND, waveform: 'sine', cutoffHz: 18_000 } as const
  const strip = createStrip(quiet)
  const voices = createVoices(SAMPLE_RATE, strip)
  for (let n = 0; n < MAX_TRACK_VOICES; n++) voices.begin(strip, 40 + n, 100, 0)
  const before = largestLeap(play(voices, [strip], 40))

  for (let n = 0; n < 8; n++) voices.begin(strip, 24 + n, 1, 64)
  const during = largestLeap(play(voices, [strip], 4))

  expect(during).toBeLessThan(before * 1.2)
})

test('a pitch that is struck again releases the voice it had', () => {
  const [strip, other] = strips(2) as [Strip, Strip]
  const voices = createVoices(SAMPLE_RATE, strip)
  const first = voices.begin(strip, 60, 100, 0)
  const elsewhere = voices.begin(other, 60, 100, 0)
  play(voices, [strip, other])

  voices.begin(strip, 60, 100, 10)
  play(voices, [strip, other])

  expect(first?.envelope.stage).toBe('release')
  expect(elsewhere?.envelope.stage).toBe('attack')
})

test('a voice begins at its offset and ends after its samples', () => {
  const strip = createStrip({ ...SOUND, attackSeconds: 0.001, releaseSeconds: 0.001 })
  const voices = createVoices(SAMPLE_RATE, strip)
  const voice = voices.begin(strip, 60, 100, 50)
  if (voice !== undefined) voice.endSamples = 200

  const samples = play(voices, [strip], 3)

  expect(samples.findIndex((sample) => sample !== 0)).toBe(50)
  expect(samples[247]).not.toBe(0)
  expect(samples.subarray(248).every((sample) => sample === 0)).toBe(true)
})

test('a voice whose filter breaks down is silenced, and its track goes on', () => {
  const [strip] = strips(1) as [Strip]
  const voices = createVoices(SAMPLE_RATE, strip)
  const broken = voices.begin(strip, 60, 100, 0)
  if (broken !== undefined) broken.low = NaN

  const before = play(voices, [strip])
  const left = voices.sounding()
  voices.begin(strip, 64, 100, 0)
  const samples = play(voices, [strip], 4)

  expect(left).toBe(0)
  expect(before.every(Number.isFinite)).toBe(true)
  expect(samples.every(Number.isFinite)).toBe(true)
  expect(samples.some((sample) => sample !== 0)).toBe(true)
})

test('a filter that rings out does not creep towards the smallest numbers', () => {
  const strip = createStrip({ ...SOUND, sustain: 0, decaySeconds: 0.01, waveform: 'sine' })
  const voices = createVoices(SAMPLE_RATE, strip)
  const voice = voices.begin(strip, 60, 100, 0)
  play(voices, [strip], 10)
  if (voice !== undefined) voice.phaseStep = 0
  if (voice !== undefined) voice.phase = 0

  const states = Array.from({ length: 200 }, () => {
    play(voices, [strip])
    return [voice?.low ?? NaN, voice?.band ?? NaN]
  }).flat()

  expect(states.at(-1)).toBe(0)
  expect(states.every((state) => state === 0 || Math.abs(state) > 1e-16)).toBe(true)
})
