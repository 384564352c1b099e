import { expect, test } from 'vitest'
import { createStrip, type Strip } from './strip.ts'
import { begin, largestLeap, play, SAMPLE_RATE, SOUND, strips } from './testing/play-voices.ts'
import { createVoices, MAX_TRACK_VOICES, MAX_VOICES } from './voices.ts'

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

test('where voices are given up one note makes room for as many as are too many', () => {
  const [strip] = strips(1) as [Strip]
  const voices = createVoices(SAMPLE_RATE, strip)
  for (let pitch = 40; pitch < 56; pitch++) begin(voices, strip, pitch)
  play(voices, [strip])

  voices.limits.trackVoices = 3
  begin(voices, strip, 60)

  expect(voices.sounding(strip)).toBe(3)
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
