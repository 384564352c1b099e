import { expect, test } from 'vitest'
import { noteKey, type Note } from './pattern.ts'
import { EMPTY_SONG, type Song, type Track, type TrackId } from './song.ts'
import { INITIAL_SOUND } from './track-sound.ts'
import { withRiff } from './with-riff.ts'

const DRUMS = 'drumsdrums' as TrackId
const BASS = 'bassbassba' as TrackId
const LEAD = 'leadleadle' as TrackId

const note = (step: number, pitch: number): Note => ({ step, pitch, velocity: 100, length: 1 })
const trackOf = (notes: readonly Note[], change: Partial<Track>): Track => ({
  id: DRUMS,
  owner: 'ana',
  home: 'home',
  name: 'ana',
  colour: 0,
  subdivision: 4,
  sound: INITIAL_SOUND,
  patterns: { a: new Map(notes.map((one) => [noteKey(one.step, one.pitch), one])) },
  ...change,
})
const songOf = (...tracks: readonly Track[]): Song => ({ ...EMPTY_SONG, tracks })

const RIFF: Song = {
  ...songOf(
    trackOf([note(0, 60)], { id: DRUMS, name: 'Ana', owner: '', steps: 12, follow: 'root' }),
    trackOf([note(4, 40)], { id: BASS, name: 'Bo', launch: { pattern: 'c', isOff: false } }),
  ),
  root: 2,
  scale: 'dorian',
  swing: 60,
  chords: [{ root: 9, quality: 'm7', halfBars: 2 }],
}
const NOW: Song = {
  ...songOf(
    trackOf([note(9, 72)], { id: LEAD, name: 'Cy', launch: { pattern: 'b', isOff: false } }),
    trackOf([note(1, 61), note(2, 62)], {
      id: DRUMS,
      name: 'Ana the second',
      owner: 'ana',
      title: 'Kit',
      launch: { pattern: 'h', isOff: true },
    }),
  ),
  sceneNames: { a: 'Verse' },
  drop: { epoch: 'one', sharedMs: 1, endMs: 2 },
}

test('a track of the riff plays what it played, and stays whose it is and what it is called', () => {
  const drums = withRiff(NOW, RIFF).tracks.find(({ id }) => id === DRUMS)

  expect(drums).toEqual({
    ...RIFF.tracks[0],
    name: 'Ana the second',
    owner: 'ana',
    title: 'Kit',
  })
})

test('a track that the riff does not have falls silent and keeps its notes, and one that is gone returns', () => {
  const { tracks } = withRiff(NOW, RIFF)

  expect(tracks.map(({ id }) => id)).toEqual([LEAD, DRUMS, BASS])
  expect(tracks[0]).toEqual({ ...NOW.tracks[0], launch: { pattern: 'b', isOff: true } })
  expect(tracks[2]).toBe(RIFF.tracks[1])
})

test('a track that is locked stays as it is', () => {
  const locked = trackOf([note(7, 77)], { id: BASS, isLocked: true })

  expect(withRiff(songOf(locked), RIFF).tracks[0]).toBe(locked)
})

test('scale, swing, chords and names of rows are those of the riff, and nothing is left that was to come', () => {
  const swung = { ...NOW, swing: 70 }

  expect({ ...withRiff(swung, RIFF), tracks: [] }).toEqual({
    schema: NOW.schema,
    root: 2,
    scale: 'dorian',
    stepCount: RIFF.stepCount,
    swing: 60,
    chords: RIFF.chords,
    tracks: [],
  })
  const plain = withRiff({ ...swung, ...RIFF }, songOf(...RIFF.tracks))
  expect(plain).not.toHaveProperty('swing')
  expect(plain).not.toHaveProperty('chords')
})
