import { expect, test } from 'vitest'
import type { LfoTarget } from '../sequence/synth-sound.ts'
import { INITIAL_SOUND, type TrackSound } from '../sequence/track-sound.ts'
import { render, type Pcm } from './render.ts'
import { areSame, loudnessOf, strengthOf } from './testing/listen.ts'
import { note, playingAt, songOf, trackOf } from './testing/songs.ts'

const SAMPLE_RATE = 48_000
const PLAIN: TrackSound = {
  ...INITIAL_SOUND,
  waveform: 'sine',
  attackSeconds: 0.001,
  sustain: 1,
  decaySeconds: 0.01,
  releaseSeconds: 0.01,
  cutoffHz: 18_000,
  resonance: 0.7,
}
/** A3, and a beat of half a second. */
const PITCH = 57
const HZ = 220

function held(
  sound: Partial<TrackSound>,
  { pitch = PITCH, velocity = 60, fromMs = 0, seconds = 2 } = {},
): Pcm {
  const notes = [note(0, pitch, velocity, 16)]
  const song = songOf(trackOf(notes, { sound: { ...PLAIN, ...sound } }))
  return render(song, playingAt(120), { fromMs, seconds, sampleRate: SAMPLE_RATE })
}

/** Strength of a frequency over the second half second of a note. */
const at = ({ left }: Pcm, hz: number): number => strengthOf(left, hz, SAMPLE_RATE, 24_000, 48_000)

const decibels = (one: number, other: number): number => 20 * Math.log10(one / other)

test('the second oscillator sounds beside the first, at its own pitch', () => {
  const pcm = held({ levelB: 1, waveformB: 'sine', semitonesB: 7, centsB: 0 })

  expect(at(pcm, HZ * 2 ** (7 / 12)) / at(pcm, HZ)).toBeCloseTo(1, 1)
  expect(at(held({ levelB: 0, semitonesB: 7 }), HZ * 2 ** (7 / 12))).toBeLessThan(1e-4)
})

test('cents put the second oscillator out of tune, so that the two beat', () => {
  const loudness = ({ left }: Pcm): number[] =>
    [0, 1, 2, 3, 4, 5, 6, 7].map((part) => loudnessOf(left, part * 12_000, part * 12_000 + 2400))
  const still = loudness(held({ levelB: 1, waveformB: 'sine' })).slice(1)
  const beating = loudness(held({ levelB: 1, waveformB: 'sine', centsB: 20 }))

  expect(Math.max(...still) / Math.min(...still)).toBeLessThan(1.05)
  expect(Math.max(...beating) / Math.min(...beating)).toBeGreaterThan(2)
})

test('the sub is a sine an octave below', () => {
  expect(at(held({ sub: 1 }), HZ / 2) / at(held({ sub: 1 }), HZ)).toBeGreaterThan(0.8)
  expect(at(held({}), HZ / 2)).toBeLessThan(1e-4)
})

test('ring modulation leaves sums and differences in place of the two', () => {
  const pcm = held({ ring: 1, waveformB: 'sine', semitonesB: 7 })
  const other = HZ * 2 ** (7 / 12)

  expect(at(pcm, other + HZ)).toBeCloseTo(at(pcm, other - HZ), 2)
  expect(at(pcm, HZ) / at(pcm, other - HZ)).toBeLessThan(0.02)
})

test('frequency modulation puts sidebands at its ratio, and its envelope takes them away', () => {
  const steady = held({ fm: 0.5, fmRatio: 3 })
  const fading = held({ fm: 0.5, fmRatio: 3, fmEnvelope: 1, modDecaySeconds: 0.1, modSustain: 0 })

  expect(at(steady, 4 * HZ)).toBeGreaterThan(0.2 * at(held({}), HZ))
  expect(at(fading, 4 * HZ)).toBeLessThan(0.001)
})

test('noise lies between the harmonics, and is as loud as it says', () => {
  expect(at(held({ noise: 1 }), 3333)).toBeGreaterThan(20 * at(held({}), 3333))
  expect(loudnessOf(held({ noise: 1 }).left)).toBeGreaterThan(0.9 * loudnessOf(held({}).left))
})

test.each(['3', '5', '7'] as const)(
  'a unison of %s is about as loud as one, and wide',
  (unison) => {
    const one = held({ waveform: 'sawtooth' })
    const many = held({ waveform: 'sawtooth', unison, unisonSpread: 1 })
    const narrow = held({ waveform: 'sawtooth', unison, unisonSpread: 0 })

    expect(Math.abs(decibels(loudnessOf(many.left), loudnessOf(one.left)))).toBeLessThan(4)
    expect(areSame(many.left, many.right)).toBe(false)
    const difference = narrow.left.map((sample, frame) => sample - (narrow.right[frame] ?? 0))
    expect(loudnessOf(difference)).toBeLessThan(1e-6)
  },
)

test('the width of a square wave changes its harmonics', () => {
  expect(at(held({ waveform: 'square', pulseWidth: 0.5 }), 2 * HZ)).toBeLessThan(1e-3)
  expect(at(held({ waveform: 'square', pulseWidth: 0.25 }), 2 * HZ)).toBeGreaterThan(0.01)
})

test('the second envelope opens the filter, and lets it close', () => {
  const swept = held({
    waveform: 'sawtooth',
    cutoffHz: 200,
    filterEnvelope: 1,
    modDecaySeconds: 0.2,
    modSustain: 0,
  })
  const early = strengthOf(swept.left, 10 * HZ, SAMPLE_RATE, 480, 4800)
  const late = strengthOf(swept.left, 10 * HZ, SAMPLE_RATE, 48_000, 52_320)

  expect(decibels(early, late)).toBeGreaterThan(20)
})

test('the filter follows the keys as far as it is told', () => {
  const brightness = (pitch: number, filterKey: number): number => {
    const hz = 440 * 2 ** ((pitch - 69) / 12)
    const pcm = held({ waveform: 'sawtooth', cutoffHz: 500, filterKey }, { pitch })
    return decibels(at(pcm, 4 * hz), at(pcm, hz))
  }

  expect(Math.abs(brightness(81, 1) - brightness(57, 1))).toBeLessThan(1)
  expect(brightness(81, 0) - brightness(57, 0)).toBeLessThan(-10)
})

test('velocity opens the filter and counts for the level as far as it is told', () => {
  const pcmOf = (velocity: number, sound: Partial<TrackSound>): Pcm =>
    held({ waveform: 'sawtooth', cutoffHz: 3000, ...sound }, { velocity })
  const bright = (velocity: number): number => {
    const pcm = pcmOf(velocity, { filterVelocity: 1 })
    return decibels(at(pcm, 8 * HZ), at(pcm, HZ))
  }
  const level = (levelVelocity: number): number =>
    at(pcmOf(30, { levelVelocity }), HZ) / at(pcmOf(60, { levelVelocity }), HZ)

  expect(bright(60) - bright(20)).toBeGreaterThan(6)
  expect(level(1)).toBeCloseTo(0.5, 2)
  expect(level(0)).toBeCloseTo(1, 2)
})

test('24 dB an octave cut deeper than 12', () => {
  const cut = (filterSlope: '12' | '24'): number =>
    at(held({ waveform: 'sawtooth', cutoffHz: 440, filterSlope }), 8 * HZ)

  expect(decibels(cut('24'), cut('12'))).toBeCloseTo(-24, -1)
})

/** How far a quantity goes within each cycle of an LFO at one cycle a beat. */
const LFO: Partial<TrackSound> = { lfoRate: '1/4', lfoShape: 'square', lfoDepth: 1 }
const halves = (pcm: Pcm, of: (left: Float32Array, from: number, to: number) => number) => ({
  up: of(pcm.left, 25_000, 35_000),
  down: of(pcm.left, 37_000, 47_000),
})

test.each<
  [LfoTarget, Partial<TrackSound>, (samples: Float32Array, from: number, to: number) => number]
>([
  ['pitch', {}, (samples, from, to) => strengthOf(samples, 2 * HZ, SAMPLE_RATE, from, to)],
  [
    'cutoff',
    { waveform: 'sawtooth', cutoffHz: 500 },
    (samples, from, to) => strengthOf(samples, 10 * HZ, SAMPLE_RATE, from, to),
  ],
  ['level', {}, loudnessOf],
  [
    'pan',
    { lfoShape: 'square' },
    (samples, from, to) => 1 / (1e-3 + loudnessOf(samples, from, to)),
  ],
  [
    'width',
    { waveform: 'square' },
    (samples, from, to) => 1 / (1e-3 + strengthOf(samples, HZ, SAMPLE_RATE, from, to)),
  ],
  ['fm', { fm: 0.1 }, (samples, from, to) => strengthOf(samples, 3 * HZ, SAMPLE_RATE, from, to)],
])('an LFO moves %s, up in the first half of its cycle', (lfoTarget, sound, of) => {
  const { up, down } = halves(held({ ...LFO, lfoTarget, ...sound }), of)

  if (lfoTarget === 'width') expect(Math.abs(decibels(up, down))).toBeLessThan(3)
  else expect(up).toBeGreaterThan(1.5 * down)
})

test('the second LFO moves what the first does not', () => {
  const sound = { ...LFO, lfoDepth: 0, lfoBRate: '1/4', lfoBShape: 'square', lfoBDepth: 1 } as const
  const { up, down } = halves(held({ ...sound, lfoBTarget: 'level' }), loudnessOf)

  expect(up).toBeGreaterThan(1.5 * down)
})

test('[SND2] an LFO stands where the beat does, for whoever joins in whatever moment', () => {
  const wobbling = {
    ...LFO,
    lfoShape: 'sine',
    lfoTarget: 'level',
    lfoRate: '1/2',
    volume: 0.1,
  } as const
  const rows = [1, 5, 9, 13].map((step) => note(step, PITCH, 60, 2))
  const song = songOf(trackOf(rows, { sound: { ...PLAIN, ...wobbling } }))
  const stretch = (fromMs: number): Float32Array =>
    render(song, playingAt(120), { fromMs, seconds: 2, sampleRate: SAMPLE_RATE }).left

  const joined = stretch(4000)
  const all = render(song, playingAt(120), { fromMs: 0, seconds: 6, sampleRate: SAMPLE_RATE }).left

  expect(loudnessOf(joined)).toBeGreaterThan(0)
  expect(areSame(joined, all.subarray(4 * SAMPLE_RATE))).toBe(true)
})
