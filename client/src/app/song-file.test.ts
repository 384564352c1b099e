import { expect, test } from 'vitest'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { noteKey } from '../sequence/pattern.ts'
import type { Song, TrackId } from '../sequence/song.ts'
import { encodeSongFile, parseSongFile } from './song-file.ts'

const SONG: Song = {
  schema: 1,
  root: 9,
  scale: 'blues',
  stepCount: 32,
  swing: 55,
  chords: [{ root: 9, quality: 'm7', halfBars: 2 }],
  sceneNames: { b: 'Chorus' },
  tracks: [
    {
      id: 'anasanasanas' as TrackId,
      owner: 'ana',
      home: 'here',
      name: 'ana',
      colour: 4,
      subdivision: 2,
      sound: { ...INITIAL_SOUND, waveform: 'sine', cutoffHz: 900 },
      title: 'Bass',
      tint: 7,
      steps: 12,
      swing: 60,
      follow: 'root',
      launch: { pattern: 'c', isOff: true },
      patterns: {
        a: new Map([[noteKey(3, 60), { step: 3, pitch: 60, velocity: 77, length: 5 }]]),
        c: new Map([[noteKey(63, 61), { step: 63, pitch: 61, velocity: 78, length: 64 }]]),
      },
    },
  ],
}

test('a song comes back from its file', () => {
  const verdict = parseSongFile(encodeSongFile(SONG, 96, ['one', 'two']))

  expect(verdict).toEqual({
    ok: true,
    riffs: ['one', 'two'],
    file: {
      bpm: 96,
      root: 9,
      scale: 'blues',
      stepCount: 32,
      swing: 55,
      chords: [{ root: 9, quality: 'm7', halfBars: 2 }],
      sceneNames: { b: 'Chorus' },
      tracks: [
        {
          id: 'anasanasanas',
          plays: { pattern: 'c', isOff: true },
          name: 'ana',
          colour: 4,
          home: 'here',
          subdivision: 2,
          sound: { ...INITIAL_SOUND, waveform: 'sine', cutoffHz: 900 },
          links: {},
          notes: [{ step: 3, pitch: 60, velocity: 77, length: 5 }],
          more: { c: [{ step: 63, pitch: 61, velocity: 78, length: 64 }] },
          traits: { title: 'Bass', tint: 7, steps: 12, swing: 60, follow: 'root' },
        },
      ],
    },
  })
})

test('notes come back with all that they say, and of a sound only what is unusual is written', () => {
  const full = { step: 3, pitch: 60, velocity: 77, length: 5, chance: 30, ratchet: 3, nudge: -9 }
  const [track] = SONG.tracks
  if (track === undefined) throw new Error('there must be a track')
  const patterns = { a: new Map([[noteKey(3, 60), { ...full, accent: true, flam: true }]]) }

  const text = encodeSongFile({ ...SONG, tracks: [{ ...track, patterns }] }, 96)
  const verdict = parseSongFile(text)

  expect(text).not.toContain('resonance')
  expect(verdict.ok && verdict.file.tracks[0]?.notes).toEqual([
    { ...full, accent: true, flam: true },
  ])
})

test('links lead to places in the file, and nowhere when their track is not in it', () => {
  const [track] = SONG.tracks
  if (track === undefined) throw new Error('there must be a track')
  const bo = {
    ...track,
    id: 'bosbosbosbos' as TrackId,
    sound: { ...track.sound, duckBy: 'anasanasanas', arpFeed: 'gonegonegone' },
  }

  const verdict = parseSongFile(encodeSongFile({ ...SONG, tracks: [track, bo] }, 96))

  expect(verdict.ok && verdict.file.tracks.map(({ links }) => links)).toEqual([{}, { duckBy: 0 }])
  expect(verdict.ok && verdict.file.tracks[1]?.sound.duckBy).toBe('')
})

test('a file says nothing of who owned a track in which seat', () => {
  expect(encodeSongFile(SONG, 96)).not.toContain('owner')
})

test.each([
  ['nothing', ''],
  ['other text', 'MThd'],
  ['another JSON file', '{"a":1}'],
  ['null', 'null'],
  ['a list', '[]'],
])('%s is not a song', (_what, text) => {
  expect(parseSongFile(text)).toEqual({ ok: false, reason: 'This file is not a Beatcord song.' })
})

test('a song of a newer Beatcord says so', () => {
  const verdict = parseSongFile('{"format":"beatcord-song","schema":4,"tracks":[]}')

  expect(verdict).toMatchObject({
    ok: false,
    reason: expect.stringContaining('newer Beatcord') as string,
  })
})

test('a song without tracks is damaged', () => {
  expect(parseSongFile('{"format":"beatcord-song","schema":1}').ok).toBe(false)
})

test('hostile values are mended one by one', () => {
  const hostile = {
    format: 'beatcord-song',
    schema: 1,
    bpm: -999,
    root: 44,
    scale: 'constructor',
    stepCount: 77,
    swing: 'much',
    chords: [null, { root: 3 }, { root: 3, quality: 'dim', halfBars: 900 }],
    sceneNames: { a: 5, z: 'no' },
    riffs: ['kept', 5, null],
    tracks: [
      5,
      null,
      {
        name: 7,
        colour: 1e9,
        home: {},
        subdivision: 'x',
        sound: { cutoffHz: 1e12, waveform: 'noise', duckBy: 'anasanasanas' },
        notes: { '0/60': 228, '99/60': 228, '0/1': 228, x: 1, '1/61': 'loud' },
        more: { a: { '1/60': 228 }, b: { '0/60': 0 }, z: { '0/60': 228 }, c: 7 },
        traits: { title: ' ', tint: -1, steps: 65, swing: {}, follow: 'me' },
      },
    ],
  }

  const verdict = parseSongFile(JSON.stringify(hostile))

  expect(verdict).toEqual({
    ok: true,
    riffs: ['kept'],
    file: {
      bpm: 120,
      root: 0,
      scale: 'chromatic',
      stepCount: 16,
      chords: [{ root: 3, quality: 'dim', halfBars: 8 }],
      tracks: [
        {
          name: 'Someone',
          colour: 0,
          home: '',
          subdivision: 4,
          sound: { ...INITIAL_SOUND, cutoffHz: 18_000 },
          links: {},
          notes: [{ step: 0, pitch: 60, velocity: 100, length: 1 }],
          more: {},
          traits: {},
        },
      ],
    },
  })
})
