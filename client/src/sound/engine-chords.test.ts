import { expect, test } from 'vitest'
import { pieceToPitch } from '../sequence/drum-sound.ts'
import type { ChordLane } from '../sequence/chord-lane.ts'
import type { Note } from '../sequence/pattern.ts'
import type { Song, Track } from '../sequence/song.ts'
import type { TrackSound } from '../sequence/track-sound.ts'
import { areSame, peakOf, strengthOf } from './testing/listen.ts'
import { heardBy, type Peer } from './testing/peers.ts'
import { CLICK, note, songOf, trackOf } from './testing/songs.ts'
import { SINE } from './testing/two-tracks.ts'

const SAMPLE_RATE = 48_000
/** Frames of a sixteenth at 120 beats a minute, and of a half bar. */
const STEP = 6000
const HALF_BAR = 8 * STEP

const LANE: ChordLane = [
  { root: 0, quality: 'major', halfBars: 1 },
  { root: 9, quality: 'minor', halfBars: 1 },
  { root: 5, quality: 'major', halfBars: 1 },
]

const songWith = (track: Track, chords: ChordLane = LANE): Song => ({
  ...songOf(track),
  scale: 'major',
  chords,
})

const withoutChords = (track: Track): Song => ({ ...songOf(track), scale: 'major' })

const hzOf = (pitch: number): number => 440 * 2 ** ((pitch - 69) / 12)

/** Which pitches of a song sound in each half bar, of those asked for. */
function heardIn(
  song: Song,
  pitches: readonly number[],
  count: number,
  peer: Peer = {},
): readonly (readonly number[])[] {
  const left = heardBy(peer, song, count * HALF_BAR)
  const begin = peer.from ?? -128
  const first = Math.ceil(Math.max(0, begin) / HALF_BAR)
  return Array.from({ length: count - first }, (_, index) => {
    // Behind the limiter it comes later by some frames.
    const from = (first + index) * HALF_BAR - begin + 300
    return pitches.filter(
      (pitch) => strengthOf(left, hzOf(pitch), SAMPLE_RATE, from, from + 5 * STEP) > 0.05,
    )
  })
}

const held = (pitch: number, change: Partial<Track> = {}): Track =>
  trackOf([note(0, pitch, 60, 7)], { steps: 8, sound: SINE, ...change })

const TONES = [53, 55, 57, 60, 62, 64, 65, 67, 69]

test('[CHORD3] a bass goes along with the roots, round after round', () => {
  const heard = heardIn(songWith(held(60, { follow: 'root' })), TONES, 6)

  expect(heard).toEqual([[60], [57], [65], [60], [57], [65]])
})

test('[CHORD4] a note goes to the nearest tone of each chord', () => {
  const heard = heardIn(songWith(held(67, { follow: 'chord' })), TONES, 3)

  expect(heard).toEqual([[67], [69], [65]])
})

test('[CHORD2] whoever comes in between hears the chord that everybody hears', () => {
  const song = songWith(held(60, { follow: 'root' }))

  expect(heardIn(song, TONES, 6, { from: 2 * HALF_BAR + 1000 })).toEqual([[60], [57], [65]])
})

test.each<[string, readonly Note[], Partial<Track>]>([
  ['ahead of its step', [{ ...note(0, 60, 60, 6), nudge: -24 }], {}],
  ['behind its step', [{ ...note(7, 60, 60, 1), nudge: 24 }], {}],
  ['late by swing', [note(7, 60, 60, 1)], { swing: 75 }],
])('[CHORD2] a note that is %s has the chord of its step', (where, notes, change) => {
  const song = songWith(trackOf(notes, { steps: 8, sound: SINE, follow: 'root', ...change }))
  const left = heardBy({}, song, 3 * HALF_BAR)
  const [own, other] = where === 'ahead of its step' ? [57, 60] : [60, 57]
  const from = HALF_BAR + 128 - (where === 'ahead of its step' ? STEP / 2 - 300 : STEP / 2 - 300)
  const strength = (pitch: number): number =>
    strengthOf(left, hzOf(pitch), SAMPLE_RATE, from, from + STEP / 2 - 600)

  expect(strength(own)).toBeGreaterThan(0.05)
  expect(strength(own)).toBeGreaterThan(1.5 * strength(other))
})

test('[CHORD4] a kit follows nothing, nor does who does not want to: to the last bit', () => {
  const kit = trackOf([note(0, pieceToPitch('kick')), note(4, pieceToPitch('snare'))], {
    sound: { ...CLICK, instrument: 'drums' },
  })
  const plain = held(64)
  for (const [follows, as] of [
    [{ ...kit, follow: 'root' as const }, kit],
    [plain, plain],
  ] as const) {
    const with_ = heardBy({}, songWith(follows), 3 * HALF_BAR)

    expect(peakOf(with_)).toBeGreaterThan(0.01)
    expect(areSame(with_, heardBy({}, withoutChords(as), 3 * HALF_BAR))).toBe(true)
  }
})

const ARP: TrackSound = { ...SINE, arp: 'on', arpSource: 'chords', arpRate: '1/4', arpGate: 0.9 }

/** The pitches of the quarters, of those asked for. */
function quarters(song: Song, count: number, pitches: readonly number[]): readonly number[] {
  const left = heardBy({}, song, count * 4 * STEP)
  return Array.from({ length: count }, (_, beat) => {
    const from = beat * 4 * STEP + 428
    const strengths = pitches.map((pitch) =>
      strengthOf(left, hzOf(pitch), SAMPLE_RATE, from, from + 3 * STEP),
    )
    const most = Math.max(...strengths)
    return most > 0.01 ? (pitches[strengths.indexOf(most)] ?? 0) : 0
  })
}

const ALL = Array.from({ length: 37 }, (_, index) => 40 + index)

test('[CHORD5] an arpeggiator without notes plays the chords, each from its root up and anew', () => {
  const song = songWith(trackOf([], { sound: ARP }), [
    { root: 0, quality: 'major', halfBars: 2 },
    { root: 9, quality: 'm7', halfBars: 1 },
  ])

  expect(quarters(song, 8, ALL)).toEqual([60, 64, 67, 60, 57, 60, 60, 64])
})

test('[CHORD5] a chord that goes on is held, and begins nothing anew', () => {
  const song = songWith(trackOf([], { sound: ARP }), [
    { root: 0, quality: 'major', halfBars: 1 },
    { root: 0, quality: 'major', halfBars: 1 },
  ])

  expect(quarters(song, 4, ALL)).toEqual([60, 64, 67, 60])
})

test('[CHORD5] it plays near the lowest note that its track has', () => {
  const song = songWith(trackOf([note(3, 48), note(5, 70)], { sound: ARP }))

  expect(quarters(song, 4, ALL)).toEqual([48, 52, 45, 48])
})

test('[CHORD5] without chords it plays its notes, and switched off nothing', () => {
  const track = trackOf([note(0, 62, 100, 16)], { sound: ARP })

  expect(quarters(withoutChords(track), 2, ALL)).toEqual([62, 62])
  const off = { ...track, launch: { pattern: 'a', isOff: true } } as const
  expect(quarters(songWith(off), 2, ALL)).toEqual([0, 0])
})

test('[CHORD5] whoever feeds another with notes does so, though it plays the chords itself', () => {
  const feeding = trackOf([note(0, 62, 100, 16)], {
    id: 'feedingfeed',
    sound: { ...ARP, volume: 0 },
  })
  const fed = trackOf([], {
    id: 'fed',
    sound: { ...ARP, arpSource: 'notes', arpFeed: 'feedingfeed' },
  })

  expect(quarters({ ...songOf(feeding, fed), chords: LANE }, 2, ALL)).toEqual([62, 62])
})

test('[CHORD4] an arpeggiator of a track that follows walks over what the chord makes of its notes', () => {
  const notes = [note(0, 60, 100, 16), note(0, 64, 100, 16)]
  const sound = { ...ARP, arpSource: 'notes' } as const

  const song = songWith(trackOf(notes, { sound, follow: 'chord' }))

  expect(quarters(song, 6, ALL)).toEqual([60, 64, 60, 64, 60, 65])
})
