import { expect, test } from 'vitest'
import type { ChordLane } from '../sequence/chord-lane.ts'
import { createSongPatcher } from './song-patch.ts'
import { CLICK, note, songOf, trackOf } from './testing/songs.ts'

const ana = trackOf([note(0, 60)], { id: 'ana' })
const bo = trackOf([note(4, 64)], { id: 'bo' })

test('the first song is told whole', () => {
  const patchTo = createSongPatcher()

  const patch = patchTo(songOf(ana, bo))

  expect(patch?.removed).toEqual([])
  expect(patch?.changed.map(({ id }) => id)).toEqual(['ana', 'bo'])
  expect(patch?.changed[0]).toMatchObject({ sound: CLICK, loop: { subdivision: 4 } })
})

test('a song that sounds the same is not told again', () => {
  const patchTo = createSongPatcher()
  patchTo(songOf(ana, bo))

  const renamed = { ...trackOf([note(0, 60)], { id: 'ana' }), name: 'Ana', colour: 5 }

  expect(patchTo(songOf(renamed, bo))).toBeUndefined()
  expect(patchTo(songOf(bo, ana))).toBeUndefined()
})

test('a note that comes or goes is told of its track alone, and without the sound', () => {
  const patchTo = createSongPatcher()
  patchTo(songOf(ana, bo))

  const more = patchTo(songOf(ana, trackOf([note(4, 64), note(5, 65)], { id: 'bo' })))
  const less = patchTo(songOf(ana, trackOf([], { id: 'bo' })))

  expect(more?.changed.map(({ id }) => id)).toEqual(['bo'])
  expect(more?.changed[0]).not.toHaveProperty('sound')
  expect(more?.changed[0]?.loop?.pitches).toEqual(Uint8Array.of(64, 65))
  expect(less?.changed[0]?.loop?.pitches).toHaveLength(0)
})

test.each([{ velocity: 7 }, { length: 3 }, { pitch: 72 }, { step: 9 }])(
  'a note with another %o is told',
  (change) => {
    const patchTo = createSongPatcher()
    patchTo(songOf(ana))

    const patch = patchTo(songOf(trackOf([{ ...note(0, 60), ...change }], { id: 'ana' })))

    expect(patch?.changed).toHaveLength(1)
  },
)

test('a turned knob is told without the notes', () => {
  const patchTo = createSongPatcher()
  patchTo(songOf(ana, bo))

  const patch = patchTo(songOf({ ...ana, sound: { ...CLICK, cutoffHz: 500 } }, bo))

  expect(patch?.changed).toEqual([{ id: 'ana', sound: { ...CLICK, cutoffHz: 500 } }])
})

test('another scale is told of the tracks whose sounding pitches it changes', () => {
  const patchTo = createSongPatcher()
  const off = trackOf([note(0, 61)], { id: 'off' })
  patchTo(songOf(ana, off))

  const patch = patchTo({ ...songOf(ana, off), scale: 'major' })

  expect(patch?.changed.map(({ id }) => id)).toEqual(['off'])
})

test('other chords are told of the tracks that follow them or play them, and the same ones not again', () => {
  const patchTo = createSongPatcher()
  const follows = { ...ana, follow: 'root' as const }
  const plays = trackOf([], {
    id: 'plays',
    sound: { ...CLICK, arp: 'on', arpSource: 'chords' },
  })
  const song = songOf(follows, bo, plays)
  const lane = [
    { root: 0, quality: 'major', halfBars: 2 },
    { root: 5, quality: 'major', halfBars: 2 },
  ] as const
  const changedBy = (chords: ChordLane): readonly string[] =>
    patchTo({ ...song, chords })?.changed.map(({ id }) => id) ?? []
  patchTo(song)

  expect(changedBy(lane)).toEqual(['ana', 'plays'])
  expect(changedBy(structuredClone(lane) as ChordLane)).toEqual([])
  expect(changedBy([lane[0], { ...lane[1], root: 7 }])).toEqual(['ana', 'plays'])
  expect(changedBy([lane[0], { ...lane[1], root: 7, halfBars: 3 }])).toEqual(['ana', 'plays'])
  // Over a chord of the same root a bass on that root stays where it is.
  expect(changedBy([lane[0], { ...lane[1], root: 7, quality: '7', halfBars: 3 }])).toEqual([
    'plays',
  ])
  expect(patchTo(song)?.changed.map(({ id }) => id)).toEqual(['ana', 'plays'])
})

test('another step count changes nothing in the tracks', () => {
  const patchTo = createSongPatcher()
  patchTo(songOf(ana, bo))

  expect(patchTo({ ...songOf(ana, bo), stepCount: 8 })).toBeUndefined()
})

test('a track that is gone is told, and told whole when it comes back', () => {
  const patchTo = createSongPatcher()
  patchTo(songOf(ana, bo))

  expect(patchTo(songOf(bo))).toEqual({ changed: [], removed: ['ana'] })
  expect(patchTo(songOf(ana, bo))?.changed[0]).toMatchObject({ id: 'ana', sound: CLICK })
})

test('a sound from outside the ranges is clamped, and what is no number becomes the usual', () => {
  const wild = { ...CLICK, volume: 50, resonance: NaN, cutoffHz: -1, releaseSeconds: Infinity }

  const patch = createSongPatcher()(songOf(trackOf([], { sound: wild })))

  expect(patch?.changed[0]?.sound).toMatchObject({
    volume: 1,
    resonance: 1.5,
    cutoffHz: 80,
    releaseSeconds: 0.4,
  })
})

test('a loop of a sound that is no sound ends all the same', () => {
  const sound = { ...CLICK, humanise: NaN }

  const patch = createSongPatcher()(songOf(trackOf([note(0, 60)], { sound })))

  expect(patch?.changed[0]?.loop?.ahead).toBe(0)
})
