import { expect, test } from 'vitest'
import { note, songOf, trackId, trackOf } from '../sound/testing/songs.ts'
import type { ExportChoice } from './audio-types.ts'
import { exportOrder, lengthOf, type ExportSource } from './export-order.ts'

const MUTED = { volume: 1, pan: 0, muted: true, soloed: false }
const song = songOf(
  trackOf([note(0, 60)], { id: 'one', home: 'attic', name: 'ana', title: 'Bass' }),
  trackOf([note(0, 60)], { id: 'two', home: 'barn', name: 'bo', steps: 32 }),
  trackOf([note(0, 60)], { id: 'three', home: 'attic', name: 'ana' }),
)
const SOURCE: ExportSource = {
  song,
  heard: { ...song, tracks: song.tracks.slice(0, 1) },
  mix: new Map([[trackId('two'), MUTED]]),
  bpm: 90,
  sampleRate: 44_100,
  at: new Date('2026-11-26T17:00:00Z'),
}
const CHOICE: ExportChoice = {
  scene: undefined,
  ear: 'room',
  loops: 2,
  ending: 'ring',
  split: 'mix',
  isMastered: true,
  format: 'wav24',
  title: 'kitchen',
}

test('the room’s mix has nobody’s own volumes, and mine is what I hear', () => {
  const room = exportOrder(CHOICE, SOURCE).stretch
  const mine = exportOrder({ ...CHOICE, ear: 'mine' }, SOURCE).stretch

  expect(room.mix.size).toBe(0)
  expect(room.song.tracks).toHaveLength(3)
  expect(mine.mix).toBe(SOURCE.mix)
  expect(mine.song.tracks).toHaveLength(1)
})

test('it lasts so many of the longest loop, and what is to be looped is led into by one of them', () => {
  expect(lengthOf(CHOICE, SOURCE)).toEqual({ beats: 16, seconds: (16 * 60) / 90 })
  expect(exportOrder(CHOICE, SOURCE).stretch).toMatchObject({
    beats: 16,
    leadBeats: 0,
    rings: true,
  })
  expect(exportOrder({ ...CHOICE, ending: 'loop' }, SOURCE).stretch).toMatchObject({
    beats: 16,
    leadBeats: 8,
    rings: false,
  })
})

test('stems are numbered and named, by person or by track, with the reverb as the last', () => {
  const people = exportOrder({ ...CHOICE, split: 'people', isMastered: false }, SOURCE)
  const tracks = exportOrder({ ...CHOICE, split: 'tracks' }, SOURCE)

  expect(people.stemNames).toEqual(['01 ana', '02 bo', '03 Reverb'])
  expect(people.stretch.stems).toEqual({
    groups: [['one', 'three'], ['two'], ['room']],
    isMastered: false,
  })
  expect(tracks.stemNames).toEqual(['01 ana – Bass', '02 bo', '03 ana', '04 Reverb'])
  expect(exportOrder(CHOICE, SOURCE)).not.toHaveProperty('stemNames')
})

test('the file credits who played what', () => {
  expect(exportOrder(CHOICE, SOURCE).tags).toEqual({
    title: 'kitchen',
    artist: 'ana, bo',
    comment: 'Played together in Beatcord: ana (Bass, Synth), bo (Synth). 90 BPM.',
    date: '2026-11-26',
  })
})

test('files are of the rate that is played, compressed ones of 48 kHz', () => {
  expect(exportOrder(CHOICE, SOURCE).stretch.sampleRate).toBe(44_100)
  expect(exportOrder({ ...CHOICE, format: 'opus' }, SOURCE).stretch.sampleRate).toBe(48_000)
})
