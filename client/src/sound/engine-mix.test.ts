import { expect, test } from 'vitest'
import { pieceToPitch } from '../sequence/drum-sound.ts'
import { INITIAL_SOUND, type TrackSound } from '../sequence/track-sound.ts'
import { createEngineCore } from './engine-core.ts'
import { USUAL_MIX } from './protocol.ts'
import type { TrackMix } from './engine-types.ts'
import { render, renderStems } from './render.ts'
import { createSongPatcher } from './song-patch.ts'
import { isSilent, loudnessOf, peakOf, strengthOf } from './testing/listen.ts'
import { ANA, played, SAMPLE_RATE, SINE, two } from './testing/two-tracks.ts'
import { CLICK, note, playingAt, songOf, trackId, trackOf } from './testing/songs.ts'
import type { Song } from '../sequence/song.ts'

const SPAN = { fromMs: 0, seconds: 2, sampleRate: SAMPLE_RATE }
const [ANAS_HZ, BOS_HZ] = [440, 329.63]

function strengths(samples: Float32Array): readonly [ana: number, bo: number] {
  const at = (hz: number): number => strengthOf(samples, hz, SAMPLE_RATE, 9600, 57_600)
  return [at(ANAS_HZ), at(BOS_HZ)]
}

const mixed = (song: Song, ana: Partial<TrackMix>): [Float32Array, Float32Array] =>
  played(song, (core) => {
    core.setMix(new Map([[trackId('anasanas'), { ...USUAL_MIX, ...ana }]]))
  })

test('a muted track is not heard, and of a room with soloed tracks only those', () => {
  const [ana, bo] = strengths(render(two(), playingAt(120), SPAN).left)

  const muted = strengths(render(two({ muted: 'on' }), playingAt(120), SPAN).left)
  const soloed = strengths(render(two({ soloed: 'on' }), playingAt(120), SPAN).left)

  expect(muted[0]).toBeLessThan(1e-4 * ana)
  expect(muted[1]).toBeCloseTo(bo, 2)
  expect(soloed[0]).toBeCloseTo(ana, 2)
  expect(soloed[1]).toBeLessThan(1e-4 * bo)
})

test('a mix of one’s own changes what one hears: volume, mute and solo', () => {
  const [ana, bo] = strengths(played(two(), () => undefined)[0])

  const half = strengths(mixed(two(), { volume: 0.5 })[0])
  const muted = strengths(mixed(two(), { muted: true })[0])
  const soloed = strengths(mixed(two(), { soloed: true })[0])

  expect(half[0] / ana).toBeCloseTo(0.5, 1)
  expect(half[1]).toBeCloseTo(bo, 2)
  expect(muted[0]).toBeLessThan(1e-4 * ana)
  expect(soloed[1]).toBeLessThan(1e-4 * bo)
})

test('a track that is muted for the room is not heard by soloing it for oneself', () => {
  const song = two({ muted: 'on' })

  expect(strengths(mixed(song, { soloed: true })[0])[0]).toBeLessThan(1e-4)
})

test('pan moves a track to a side at equal power, and one’s own pan moves it further', () => {
  const sides = ([left, right]: readonly [Float32Array, Float32Array]): number[] =>
    [left, right].map((side) => strengths(side)[0])
  const centre = sides(played(two(), () => undefined))
  const { left, right } = render(two({ pan: 1 }), playingAt(120), SPAN)

  expect(strengths(left)[0]).toBeLessThan(1e-4)
  expect(strengths(right)[0] / (centre[1] ?? NaN)).toBeCloseTo(Math.SQRT2, 1)
  const [own = NaN, other = NaN] = sides(mixed(two({ pan: 0.5 }), { pan: -1.5 }))
  expect(own / (centre[0] ?? NaN)).toBeCloseTo(Math.SQRT2, 1)
  expect(other).toBeLessThan(1e-4)
})

test('a track is turned down by another as long as that one strikes', () => {
  const kicks = [0, 4, 8, 12].map((step) => note(step, pieceToPitch('kick')))
  const drums: TrackSound = { ...INITIAL_SOUND, instrument: 'drums', volume: 0 }
  const song = (duckBy: string): Song =>
    songOf(
      trackOf(kicks, { id: 'drummers', sound: drums }),
      trackOf(ANA, { sound: { ...SINE, duck: 1, duckSeconds: 0.1, duckBy } }),
    )
  const free = render(song(''), playingAt(120), SPAN).left
  const ducked = render(song('drummers'), playingAt(120), SPAN).left

  // Just after the third kick, and just before it.
  expect(loudnessOf(ducked, 49_000, 50_000)).toBeLessThan(0.1 * loudnessOf(free, 49_000, 50_000))
  expect(loudnessOf(ducked, 46_500, 47_900)).toBeGreaterThan(0.5 * loudnessOf(free, 46_500, 47_900))
})

test('an echo comes back after its note value, at whatever tempo', () => {
  const hit = [note(0, 84)]
  const sound = { ...CLICK, echo: 0.8, echoTime: '1/8', echoFeedback: 0 } as const
  for (const bpm of [90, 120, 150]) {
    const { left, right } = render(songOf(trackOf(hit, { sound })), playingAt(bpm), SPAN)
    const after = Math.round((SAMPLE_RATE * 30) / bpm)

    expect(isSilent(left, 2000, after - 20)).toBe(true)
    expect(peakOf(left, after - 20, after + 300)).toBeGreaterThan(0.02)
    expect(peakOf(right, after - 20, after + 300)).toBeLessThan(1e-6)
  }
})

test('what is sent to the room comes back from it, longer than the note', () => {
  const hit = [note(0, 84)]
  const at = (reverb: number): number =>
    loudnessOf(
      render(songOf(trackOf(hit, { sound: { ...CLICK, reverb } })), playingAt(120), SPAN).left,
      24_000,
      48_000,
    )

  expect(at(0)).toBe(0)
  expect(at(0.5)).toBeGreaterThan(1e-4)
  expect(at(1) / at(0.5)).toBeCloseTo(2, 0)
})

test.each(['drive', 'chorus'] as const)('%s changes the sound, and at none leaves it', (effect) => {
  const heard = (amount: number): Float32Array =>
    render(songOf(trackOf(ANA, { sound: { ...SINE, [effect]: amount } })), playingAt(120), SPAN)
      .left
  const [dry, wet] = [heard(0), heard(0.8)]

  const difference = dry.map((sample, at) => sample - (wet[at] ?? 0))
  expect(loudnessOf(difference)).toBeGreaterThan(0.1 * loudnessOf(dry))
})

test('the bands of the equaliser are those of the sound', () => {
  const bands = [
    ['lowDb', 33, 55],
    ['middleDb', 83, 988],
    ['highDb', 108, 8372],
  ] as const
  for (const [band, pitch, hz] of bands) {
    const at = (db: number): number => {
      const sound = { ...SINE, waveform: 'sawtooth', [band]: db } as const
      const song = songOf(trackOf([note(0, pitch, 40, 16)], { sound }))
      return strengthOf(render(song, playingAt(120), SPAN).left, hz, SAMPLE_RATE, 9600, 57_600)
    }
    expect(20 * Math.log10(at(-12) / at(0))).toBeLessThan(-8)
  }
})

test('the stems of a song add up to its mix, and each holds its own track', () => {
  const wet = { reverb: 0.4, echo: 0.3, volume: 0.2 } as const
  const song = two(wet, wet)
  const { tracks, room } = renderStems(song, playingAt(120), SPAN)
  const { left } = render(song, playingAt(120), SPAN)

  const [ana, bo] = song.tracks.map(({ id }) => tracks.get(id)?.left ?? new Float32Array())
  expect(strengths(ana as Float32Array)[1]).toBeLessThan(1e-3)
  expect(strengths(bo as Float32Array)[0]).toBeLessThan(1e-3)
  // As soft as this the limiter leaves the mix alone, and what holds it together only lifts it.
  const lift = 10 ** (0.9 / 20)
  const rest = left.map(
    (sample, at) => sample / lift - (ana?.[at] ?? 0) - (bo?.[at] ?? 0) - (room.left[at] ?? 0),
  )
  expect(loudnessOf(left)).toBeGreaterThan(0.01)
  expect(peakOf(rest, 4800)).toBeLessThan(1e-4)
})

test('silence in gives silence out, once everything has rung out', () => {
  const all = { drive: 0.5, chorus: 0.5, echo: 0.5, reverb: 0.5, lowDb: 6, duck: 0.5 } as const
  const song = songOf(trackOf([note(0, 60)], { sound: { ...CLICK, ...all, echoFeedback: 0.3 } }))
  const stopped = { ...playingAt(120) }
  const { left } = render(song, stopped, { ...SPAN, seconds: 1 })
  expect(peakOf(left)).toBeGreaterThan(0.01)

  const core = createEngineCore(SAMPLE_RATE)
  const patch = createSongPatcher()(song)
  if (patch !== undefined) core.change(patch)
  core.audition({ track: trackId('ana'), pitch: 60, velocity: 100, seconds: 0.2 })
  const [out, side] = [new Float32Array(128), new Float32Array(128)]
  for (let frame = 0; frame < 15 * SAMPLE_RATE; frame += 128) core.process(out, side, frame)

  expect(isSilent(out) && isSilent(side)).toBe(true)
})
