import { expect, test } from 'vitest'
import { pieceToPitch } from '../sequence/drum-sound.ts'
import { noteKey, type Note, type Pattern } from '../sequence/pattern.ts'
import type { Song, Track } from '../sequence/song.ts'
import { render } from '../sound/render.ts'
import { onsetsIn } from '../sound/testing/listen.ts'
import { CLICK, note, playingAt, songOf, trackOf } from '../sound/testing/songs.ts'
import { MOST_STROKES, songStrokes, type Take } from './song-strokes.ts'

const AS_HEARD: Take = { passages: ['now'], loops: 1, hasChance: true, hasFeel: true }
const struck = (song: Song, take: Partial<Take> = {}, tracks = song.tracks) => {
  const played = songStrokes(song, tracks, { ...AS_HEARD, ...take })
  if (played === undefined) throw new Error('too much')
  return played
}
const beatsOf = (song: Song, take: Partial<Take> = {}): readonly number[] =>
  struck(song, take).tracks.flatMap(({ strokes }) => strokes.map(({ beat }) => beat))
const patternOf = (...notes: readonly Note[]): Pattern =>
  new Map(notes.map((one) => [noteKey(one.step, one.pitch), one]))

const SAMPLE_RATE = 48_000
/** Frames in a beat at 120 beats a minute. */
const BEAT = SAMPLE_RATE / 2
const LOOPS = 4

test.each<[string, Partial<Track>, readonly Note[]]>([
  ['chance', {}, [0, 2, 5, 8, 11, 14].map((step) => ({ ...note(step, 84), chance: 50 }))],
  [
    'ratchets, flams and nudges',
    {},
    [
      { ...note(0, 84), ratchet: 3 },
      { ...note(4, 84), flam: true },
      { ...note(8, 84), nudge: -11 },
      { ...note(12, 84), nudge: 24 },
    ],
  ],
  ['swing', { swing: 66 }, [0, 1, 3, 6, 9].map((step) => note(step, 84))],
  ['triplets in a loop of their own', { subdivision: 6, steps: 7 }, [note(0, 84), note(4, 84)]],
  [
    'notes that stray',
    { sound: { ...CLICK, humanise: 1 } },
    [0, 4, 8, 12].map((step) => note(step, 84)),
  ],
  [
    'an arpeggio',
    { sound: { ...CLICK, arp: 'on', arpOctaves: '2', arpGate: 0.3, arpSwing: 0.3 } },
    [note(0, 72, 100, 8), note(0, 76, 100, 8), note(8, 77, 100, 3)],
  ],
])('what is struck is what the engine sounds: %s', (_, change, notes) => {
  const song = songOf(trackOf(notes, change))
  const { endBeat } = struck(song, { loops: LOOPS })

  const seconds = endBeat / 2
  const { left } = render(song, playingAt(120), { fromMs: 0, seconds, sampleRate: SAMPLE_RATE })

  const heard = onsetsIn(left)
  const expected = beatsOf(song, { loops: LOOPS }).map((beat) => beat * BEAT)
  expect(heard.length).toBeGreaterThan(3)
  expect(heard).toHaveLength(expected.length)
  // A block of the engine's own begins notes on whole frames.
  for (const [index, frame] of heard.entries()) {
    expect(Math.abs(frame - (expected[index] ?? 0))).toBeLessThan(2)
  }
})

test('[CHORD6] a track that follows chords is written as it sounds over them, all round the lane', () => {
  const chords = [
    { root: 0, quality: 'major', halfBars: 2 },
    { root: 9, quality: 'minor', halfBars: 2 },
  ] as const
  const bass = trackOf([{ ...note(0, 48), nudge: -20 }, note(8, 52)], { follow: 'root' })
  const song: Song = { ...songOf(bass), scale: 'major', chords }

  const { tracks, endBeat } = struck(song, { hasChance: false })

  expect(endBeat).toBe(8)
  expect(tracks[0]?.strokes.map(({ pitch }) => pitch)).toEqual([48, 52, 45, 48])
})

test('[CHORD6] an arpeggiator that plays the chords is written without a note of its own', () => {
  const sound = { ...CLICK, arp: 'on', arpSource: 'chords', arpRate: '1/4' } as const
  const chords = [
    { root: 0, quality: 'sus4', halfBars: 2 },
    { root: 7, quality: '7', halfBars: 1 },
  ] as const

  const { tracks, endBeat } = struck({ ...songOf(trackOf([], { sound })), chords })

  expect(endBeat).toBe(6)
  expect(tracks[0]?.strokes.map(({ beat, pitch }) => [beat, pitch])).toEqual([
    [0, 60],
    [1, 65],
    [2, 67],
    [3, 60],
    [4, 55],
    [5, 59],
  ])
})

test('without chance every note sounds each time round; without feel nothing swings or strays', () => {
  const notes = [0, 1, 2, 3].map((step) => ({ ...note(step, 84), chance: 20 }))
  const song = songOf(trackOf(notes, { swing: 75, steps: 4, sound: { ...CLICK, humanise: 1 } }))

  expect(beatsOf(song, { loops: 2, hasChance: false, hasFeel: false })).toEqual([
    0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75,
  ])
  expect(beatsOf(song, { loops: 50 }).length).toBeLessThan(80)
})

test('what is nudged before the song begins, begins with it', () => {
  expect(beatsOf(songOf(trackOf([{ ...note(0, 84), nudge: -24 }])))).toEqual([0])
})

test('a track that is silent, or plays another pattern, does so', () => {
  const bo = trackOf([note(0, 60)], { id: 'bo', launch: { pattern: 'a', isOff: true } })
  const cy = trackOf([note(0, 60)], {
    id: 'cy',
    patterns: { a: patternOf(note(0, 60)), b: patternOf(note(3, 62)) },
    launch: { pattern: 'b', isOff: false },
  })

  const { tracks } = struck(songOf(bo, cy))

  expect(tracks.map(({ strokes }) => strokes.map(({ pitch }) => pitch))).toEqual([[], [62]])
})

test('scenes come one after the other, each in whole bars; who has no notes in one plays on', () => {
  const ana = trackOf([], {
    steps: 12,
    patterns: { a: patternOf(note(0, 60)), b: patternOf(note(0, 72)) },
  })
  const bo = trackOf([note(4, 40)], { id: 'bo' })

  const { tracks, passages, endBeat } = struck(songOf(ana, bo), { passages: ['a', 'b'], loops: 2 })

  expect(passages).toEqual([
    { passage: 'a', beat: 0 },
    { passage: 'b', beat: 8 },
  ])
  expect(endBeat).toBe(16)
  const [anas, bos] = tracks.map(({ strokes }) => strokes.map(({ beat, pitch }) => [beat, pitch]))
  expect(anas).toEqual([
    [0, 60],
    [3, 60],
    [6, 60],
    [9, 72],
    [12, 72],
    [15, 72],
  ])
  expect(bos).toEqual([
    [1, 40],
    [5, 40],
    [9, 40],
    [13, 40],
  ])
})

test('once round is as long as the longest loop that plays', () => {
  const short = trackOf([note(0, 60)], { steps: 3 })
  const long = trackOf([note(0, 60)], { id: 'bo', steps: 32 })
  const silent = trackOf([], { id: 'cy', steps: 64 })

  expect(struck(songOf(short, long, silent)).endBeat).toBe(8)
  expect(struck(songOf(short, silent)).endBeat).toBe(0.75)
  expect(struck(songOf(silent)).endBeat).toBe(0)
})

test('an arpeggiator plays around the chord of another track, also of one that is not taken', () => {
  const ana = trackOf([], { sound: { ...CLICK, arp: 'on', arpFeed: 'bo', arpRate: '1/4' } })
  const bo = trackOf([note(0, 60, 100, 16), note(0, 64, 100, 16)], { id: 'bo' })
  const song = songOf({ ...ana, patterns: { a: patternOf(note(0, 30)) } }, bo)

  const { tracks } = struck(song, {}, song.tracks.slice(0, 1))

  expect(tracks.map(({ strokes }) => strokes.map(({ pitch }) => pitch))).toEqual([[60, 64, 60, 64]])
})

test('of a kit each piece is one pitch, and of a synth the scale decides', () => {
  const kit = trackOf([note(0, 35), note(4, 20)], { sound: { ...CLICK, instrument: 'drums' } })
  const synth = trackOf([note(0, 61)], { id: 'bo' })

  const { tracks } = struck({ ...songOf(kit, synth), scale: 'major' })

  expect(tracks.map(({ strokes }) => strokes.map(({ pitch }) => pitch))).toEqual([
    [pieceToPitch('kick')],
    [60],
  ])
})

test('more than anybody plays is not struck', () => {
  const full = Array.from({ length: 64 * 24 }, (_, index) => note(index % 64, 40 + (index % 24)))
  const song = songOf(trackOf(full, { steps: 64 }))
  const { tracks } = struck(song)
  const loops = Math.ceil(MOST_STROKES / (tracks[0]?.strokes.length ?? 1)) + 1

  expect(songStrokes(song, song.tracks, { ...AS_HEARD, loops })).toBeUndefined()
})
