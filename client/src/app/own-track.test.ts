import { expect, test } from 'vitest'
import { EMPTY_SONG, type Song, type Track, type TrackId } from '../sequence/song.ts'
import { chooseColour } from './my-colour.ts'
import { chooseOwnTrack } from './own-track.ts'

const id = (text: string): TrackId => text as TrackId
const songOf = (...tracks: readonly Pick<Track, 'id' | 'owner' | 'home'>[]): Song => ({
  ...EMPTY_SONG,
  tracks: tracks as readonly Track[],
})
const question = {
  fresh: () => id('another'),
  current: id('fresh'),
  self: 'me',
  home: 'attic',
  others: new Set<string>(['bo']),
}

test('without any track of mine a fresh one is mine', () => {
  const song = songOf({ id: id('bos'), owner: 'bo', home: 'cellar' })

  expect(chooseOwnTrack({ ...question, song })).toBe('fresh')
})

test('after a reload the seat’s track is mine again', () => {
  const song = songOf({ id: id('mine'), owner: 'me', home: 'attic' })

  expect(chooseOwnTrack({ ...question, song })).toBe('mine')
})

test('the next day the track this browser made is mine again', () => {
  const song = songOf({ id: id('old'), owner: 'my seat of yesterday', home: 'attic' })

  expect(chooseOwnTrack({ ...question, song })).toBe('old')
})

test('a track of my other tab is not mine', () => {
  const song = songOf({ id: id('other'), owner: 'bo', home: 'attic' })

  expect(chooseOwnTrack({ ...question, song })).toBe('fresh')
})

test('while it is not known who is here no track is taken over', () => {
  const song = songOf({ id: id('old'), owner: 'my seat of yesterday', home: 'attic' })

  expect(chooseOwnTrack({ ...question, song, others: undefined })).toBe('fresh')
})

test('once my track is in the song it stays mine', () => {
  const song = songOf(
    { id: id('old'), owner: 'gone', home: 'attic' },
    { id: id('fresh'), owner: 'me', home: 'attic' },
  )

  expect(chooseOwnTrack({ ...question, song })).toBe('fresh')
})

test('a track that somebody here took over while I was out is theirs', () => {
  const song = songOf({ id: id('fresh'), owner: 'bo', home: 'attic' })

  expect(chooseOwnTrack({ ...question, song })).toBe('another')
  expect(chooseOwnTrack({ ...question, song, others: undefined })).toBe('fresh')
})

test('a colour nobody else wears is kept', () => {
  expect(chooseColour(3, [1, 2], 0.9)).toBe(3)
})

test('a colour someone wears gives way to a free one', () => {
  const others = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

  expect(chooseColour(3, others, 0.5)).toBe(13)
})

test('when all colours are worn, one of the least worn is taken', () => {
  const all = Array.from({ length: 14 }, (_, colour) => colour)

  expect(chooseColour(0, [...all, ...all.filter((colour) => colour !== 5)], 0)).toBe(5)
})
