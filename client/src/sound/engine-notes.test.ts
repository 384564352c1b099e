import { expect, test } from 'vitest'
import { pieceToPitch } from '../sequence/drum-sound.ts'
import type { Note } from '../sequence/pattern.ts'
import type { TrackSound } from '../sequence/track-sound.ts'
import { render, type Pcm } from './render.ts'
import { areSame, isSilent, loudnessOf, onsetsIn, peakOf, strengthOf } from './testing/listen.ts'
import { CLICK, note, playingAt, songOf, trackOf } from './testing/songs.ts'

const SAMPLE_RATE = 48_000
/** At 120 beats a minute, of a sixteenth. */
const STEP = 6000

interface Stretch {
  readonly fromMs?: number
  readonly seconds?: number
}

function heard(
  notes: readonly Note[],
  sound: Partial<TrackSound> = {},
  { fromMs = 0, seconds = 2 }: Stretch = {},
): Pcm {
  const song = songOf(trackOf(notes, { sound: { ...CLICK, ...sound } }))
  return render(song, playingAt(120), { fromMs, seconds, sampleRate: SAMPLE_RATE })
}

const onsets = (...args: Parameters<typeof heard>): number[] => onsetsIn(heard(...args).left)

/** Steps on which something begins, over so many seconds. */
const stepsHeard = (...args: Parameters<typeof heard>): number[] =>
  onsets(...args).map((frame) => Math.round(frame / STEP))

test('[SND3] a note that is nudged begins so many 48ths of a step later or earlier', () => {
  const nudged = (step: number, nudge: number): Note => ({ ...note(step, 84), nudge })

  expect(onsets([nudged(0, 12), nudged(4, -12), nudged(8, 24), nudged(12, -24)])).toEqual([
    STEP / 4,
    3.75 * STEP,
    8.5 * STEP,
    11.5 * STEP,
  ])
})

test('a note that is nudged before the song begins, begins with it', () => {
  expect(onsets([{ ...note(0, 84), nudge: -24 }], {}, { seconds: 1 })).toEqual([0])
})

test('[SND3] a ratchet strikes as often within its step, each stroke but the first softer', () => {
  const { left } = heard([{ ...note(0, 84), ratchet: 3 }])

  expect(onsetsIn(left)).toEqual([0, 2000, 4000])
  const [first, second, third] = [0, 2000, 4000].map((at) => peakOf(left, at, at + 600))
  expect(second).toBeLessThan(0.9 * (first ?? 0))
  expect(third).toBeCloseTo(second ?? 0, 3)
})

test('[SND3] a flam has a soft stroke 0.04 beats before it', () => {
  const { left } = heard([{ ...note(4, 84), flam: true }])

  expect(onsetsIn(left)).toEqual([4 * STEP - 960, 4 * STEP])
  const grace = peakOf(left, 4 * STEP - 960, 4 * STEP)
  expect(grace / peakOf(left, 4 * STEP, 5 * STEP)).toBeCloseTo(0.45, 1)
})

test('[SND1] a note with a chance sounds about so often, and on the same rounds for everybody', () => {
  const chances = [0, 2, 4, 6, 8, 10, 12, 14].map((step) => ({ ...note(step, 84), chance: 30 }))
  const long = { seconds: 40 }

  const drawn = stepsHeard(chances, {}, long)

  // Of 160 with 30 percent, 4 standard deviations each way.
  expect(drawn.length).toBeGreaterThan(25)
  expect(drawn.length).toBeLessThan(71)
  const laterMs = 16 * 2000
  const joined = stepsHeard(chances, {}, { fromMs: laterMs, seconds: 8 })
  const since = drawn.map((step) => step - 16 * 16).filter((step) => step >= 0 && step < 64)
  expect(joined).toEqual(since)
})

test('two tracks draw apart', () => {
  const chances = [0, 4, 8, 12].map((step) => ({ ...note(step, 84), chance: 50 }))
  const drawnBy = (id: string): number[] => {
    const song = songOf(trackOf(chances, { id }))
    const span = { fromMs: 0, seconds: 20, sampleRate: SAMPLE_RATE }
    return onsetsIn(render(song, playingAt(120), span).left)
  }

  expect(drawnBy('ana')).not.toEqual(drawnBy('bo'))
})

test('[SND1] humanised notes stray within a 24th of a beat and a fifth of their velocity, alike for everybody', () => {
  const steps = [2, 4, 6, 8, 10, 12, 14].map((step) => note(step, 84))

  const strays = onsets(steps, { humanise: 1 }).map((frame, at) => frame - (2 + 2 * at) * STEP)

  expect(strays).toHaveLength(7)
  expect(Math.max(...strays.map(Math.abs))).toBeLessThanOrEqual(1000)
  expect(Math.max(...strays) - Math.min(...strays)).toBeGreaterThan(200)
  expect(onsets(steps, { humanise: 1 })).toEqual(onsets(steps, { humanise: 1 }))
})

const CHORD = [note(0, 60, 100, 16), note(0, 64, 100, 16), note(0, 67, 100, 16)]
const ARP: Partial<TrackSound> = { arp: 'on', arpRate: '1/16', arpGate: 0.3 }
const SINE: Partial<TrackSound> = {
  waveform: 'sine',
  decaySeconds: 0.3,
  sustain: 1,
  releaseSeconds: 0.001,
}

/** The pitch that is loudest in each step. */
function melodyOf(
  { left }: Pcm,
  pitches: readonly number[],
  count: number,
  length = STEP,
): number[] {
  return Array.from({ length: count }, (_, at) => {
    const strengths = pitches.map((pitch) => ({
      pitch,
      strength: strengthOf(
        left,
        440 * 2 ** ((pitch - 69) / 12),
        SAMPLE_RATE,
        at * length,
        at * length + Math.floor(0.3 * length),
      ),
    }))
    strengths.sort((one, other) => other.strength - one.strength)
    return strengths[0]?.pitch ?? NaN
  })
}
const OCTAVES = [60, 64, 67, 72, 76, 79]

test.each([
  ['up', '1', [60, 64, 67, 60, 64, 67]],
  ['down', '1', [67, 64, 60, 67, 64, 60]],
  ['up-down', '1', [60, 64, 67, 64, 60, 64]],
  ['down-up', '1', [67, 64, 60, 64, 67, 64]],
  ['converge', '1', [60, 67, 64, 60, 67, 64]],
  ['diverge', '1', [64, 67, 60, 64, 67, 60]],
  ['up', '2', [60, 64, 67, 72, 76, 79, 60]],
] as const)('an arpeggiator plays a chord %s over %s octaves', (arpPattern, arpOctaves, melody) => {
  const pcm = heard(CHORD, { ...SINE, ...ARP, arpPattern, arpOctaves })

  expect(melodyOf(pcm, OCTAVES, melody.length)).toEqual(melody)
})

test('[SND1] a random arpeggio is the same for whoever joins later', () => {
  const random = { ...SINE, ...ARP, arpPattern: 'random', arpOctaves: '2' } as const
  const all = melodyOf(heard(CHORD, random, { seconds: 6 }), OCTAVES, 48)

  const later = melodyOf(heard(CHORD, random, { fromMs: 4000, seconds: 2 }), OCTAVES, 16)

  expect(later).toEqual(all.slice(32))
  expect(new Set(all).size).toBeGreaterThan(3)
  expect(all.slice(0, 16)).not.toEqual(all.slice(16, 32))
})

test.each([
  ['1/4', 1],
  ['1/8', 2],
  ['1/8T', 3],
  ['1/16', 4],
  ['1/16T', 6],
  ['1/32', 8],
] as const)('an arpeggiator at %s plays %i notes a beat', (arpRate, rate) => {
  const frames = onsets(CHORD, { ...ARP, arpRate }, { seconds: 1 })

  expect(frames).toEqual(Array.from({ length: 2 * rate }, (_, at) => (at * 24_000) / rate))
})

test('an arpeggiator that swings plays every second note later', () => {
  const frames = onsets(CHORD, { ...ARP, arpSwing: 0.5 }, { seconds: 0.5 })

  expect(frames).toEqual([0, 1.5 * STEP, 2 * STEP, 3.5 * STEP])
})

test('an arpeggiator without hold stops with the chord, one with hold goes on to the next', () => {
  const short = [note(0, 60, 100, 2), note(0, 64, 100, 2)]

  expect(stepsHeard(short, ARP)).toEqual([0, 1])
  expect(stepsHeard(short, { ...ARP, arpHold: 'on' })).toHaveLength(16)
})

test('[SND2] an arpeggiator begins anew with each chord', () => {
  const chords = [...CHORD, note(7, 62, 100, 4), note(7, 65, 100, 4)].map((one) =>
    one.step === 0 ? { ...one, length: 7 } : one,
  )

  const melody = melodyOf(heard(chords, { ...SINE, ...ARP }), [60, 62, 64, 65, 67], 11)

  expect(melody.slice(6)).toEqual([60, 62, 65, 62, 65])
})

test('an arpeggiator that is fed plays the chord of another track, with its own sound', () => {
  const chords = trackOf(CHORD, { id: 'chordsssss', sound: { ...CLICK, volume: 0 } })
  const fed = { ...CLICK, ...SINE, ...ARP, arpFeed: 'chordsssss' }
  const song = songOf(chords, trackOf([note(3, 90)], { id: 'fed', sound: fed }))

  const pcm = render(song, playingAt(120), { fromMs: 0, seconds: 1, sampleRate: SAMPLE_RATE })

  expect(melodyOf(pcm, [...OCTAVES, 90], 4)).toEqual([60, 64, 67, 60])
})

const kit = (steps: readonly [number, Parameters<typeof pieceToPitch>[0]][]): Note[] =>
  steps.map(([step, piece]) => note(step, pieceToPitch(piece)))

test('[SND4] a track of drums plays its kit, each piece on its frame', () => {
  const { left } = heard(kit([[0, 'kick'], [8, 'rim']]), { instrument: 'drums' }) // prettier-ignore

  expect(isSilent(left, 0, 0)).toBe(true)
  expect(peakOf(left, 0, 2000)).toBeGreaterThan(0.1)
  expect(strengthOf(left, 50, SAMPLE_RATE, 0, 9600)).toBeGreaterThan(
    20 * strengthOf(left, 3000, SAMPLE_RATE, 0, 9600),
  )
  const rim = left.subarray(8 * STEP - 10, 8 * STEP + 10)
  expect(loudnessOf(rim, 10)).toBeGreaterThan(0)
})

test('[SND4] a closed hat ends the open one', () => {
  const open = kit([[0, 'open-hat']])
  const both = kit([[0, 'open-hat'], [4, 'closed-hat']]) // prettier-ignore
  const at = (notes: readonly Note[]): number =>
    loudnessOf(heard(notes, { instrument: 'drums' }).left, 4 * STEP + 14_000, 4 * STEP + 18_000)

  expect(at(both)).toBeLessThan(0.05 * at(open))
})

test('a kit is tuned, levelled and lengthened piece by piece', () => {
  const kick = kit([[0, 'kick']])
  const drums = { instrument: 'drums' } as const
  const usual = heard(kick, drums).left
  const loud = (sound: Partial<TrackSound>): Float32Array =>
    heard(kick, { ...drums, ...sound }).left

  expect(peakOf(loud({ kickDb: -12 })) / peakOf(usual)).toBeCloseTo(0.25, 1)
  expect(areSame(loud({ snareDb: -12 }), usual)).toBe(true)
  expect(loudnessOf(loud({ kickDecay: 0.25 }), 12_000, 24_000)).toBeLessThan(
    0.3 * loudnessOf(usual, 12_000, 24_000),
  )
  const tuned = loud({ kickTune: 12 })
  expect(strengthOf(tuned, 94, SAMPLE_RATE, 4800, 24_000)).toBeGreaterThan(
    3 * strengthOf(usual, 94, SAMPLE_RATE, 4800, 24_000),
  )
})
