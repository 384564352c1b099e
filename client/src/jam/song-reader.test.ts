import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { docShape } from './doc-shape.ts'
import { encodeBase } from './sheet-base.ts'
import { createSongReader, MAX_TRACKS } from './song-reader.ts'
import { ANAS_TRACK } from './testing.ts'

const META = { owner: 'ana', home: 'h', name: 'ana', colour: 2, bornMs: 5 }

/** What is shown of a document that a stranger filled. */
function shown(
  fill: (shape: ReturnType<typeof docShape>) => void,
): ReturnType<typeof createSongReader> {
  const doc = new Y.Doc()
  const reader = createSongReader(doc)
  doc.transact(() => {
    fill(docShape(doc))
  })
  return reader
}

test.each([
  ['a number', 5],
  ['null', null],
  ['a list', [1, 2]],
  ['an owner that is no text', { ...META, owner: 7 }],
  ['an endless owner', { ...META, owner: 'x'.repeat(1000) }],
  ['nothing in it', {}],
])('[SYNC2] a track made of %s is not shown', (_what, meta) => {
  const { song } = shown(({ tracks }) => tracks.set(ANAS_TRACK, meta))

  expect(song.read().tracks).toEqual([])
})

test.each(['', 'UPPERCASE123', '../../etc', 'a', '__proto__', 'with/slash'])(
  '[SYNC2] a track of the id %j is not shown',
  (id) => {
    const { song } = shown(({ tracks }) => tracks.set(id, META))

    expect(song.read().tracks).toEqual([])
  },
)

test('[SYNC2] a name without end and a colour that is none are mended', () => {
  const meta = { ...META, name: 'z'.repeat(500), colour: -3.5, bornMs: NaN }
  const { song } = shown(({ tracks }) => tracks.set(ANAS_TRACK, meta))

  expect(song.read().tracks[0]).toMatchObject({ name: 'z'.repeat(20), colour: 0 })
})

test('[SYNC2] values out of range are clamped before anyone sees them', () => {
  const { song } = shown(({ tracks, room, sheets }) => {
    tracks.set(ANAS_TRACK, META)
    const sheet = sheets.set(ANAS_TRACK, new Y.Map<unknown>())
    sheet.set('p/cutoffHz', 1e9)
    sheet.set('p/volume', -4)
    sheet.set('p/resonance', 'loud')
    sheet.set('p/waveform', 'noise')
    sheet.set('p/subdivision', 5)
    room.set('stepCount', 1e6)
    room.set('root', 'H')
    room.set('scale', '__proto__')
    sheet.set('a/0/60', 'x')
    sheet.set('a/64/60', 228)
    sheet.set('a/0/23', 228)
    sheet.set('i/0/60', 228)
    sheet.set('a/-1/60', 228)
    sheet.set('a/1/60/7', 228)
    sheet.set('a/2/60', [228, 1])
    sheet.set('a/2/61', ['x', 1, 2])
    sheet.set('.base', 'no base at all')
    sheet.set('a/1/61', 228)
    sheet.set('a/3/61', [228, 1, 2])
  })

  const { tracks, ...room } = song.read()

  expect(room).toEqual({ schema: 0, root: 0, scale: 'chromatic', stepCount: 16 })
  expect(tracks[0]?.sound).toEqual({ ...INITIAL_SOUND, cutoffHz: 18_000, volume: 0 })
  expect(tracks[0]?.subdivision).toBe(4)
  expect([...(tracks[0]?.patterns.a.keys() ?? [])]).toEqual(['1/61', '3/61'])
})

test('[SYNC2] of too many tracks the oldest are shown', () => {
  const { song } = shown(({ tracks }) => {
    for (let index = 0; index < MAX_TRACKS + 10; index++) {
      const id = `track${index.toString(2).padStart(8, '2').replaceAll('0', 'a').replaceAll('1', 'b')}`
      tracks.set(id, { ...META, bornMs: 1000 - index })
    }
  })

  expect(song.read().tracks).toHaveLength(MAX_TRACKS)
})

test('a song that was there before is read whole', () => {
  const doc = new Y.Doc()
  const { tracks, sheets } = docShape(doc)
  tracks.set(ANAS_TRACK, META)
  sheets.set(ANAS_TRACK, new Y.Map([['a/7/72', 100 + 128 * 2]]))

  const { song } = createSongReader(doc)

  expect([...(song.read().tracks[0]?.patterns.a.values() ?? [])]).toEqual([
    { step: 7, pitch: 72, velocity: 100, length: 2 },
  ])
})

test('a beginning that somebody writes over is read as everybody else will read it', () => {
  const doc = new Y.Doc()
  const { tracks, sheets } = docShape(doc)
  const at = { value: 228, dot: { client: 7, clock: 0 } }
  const base = encodeBase({ entries: new Map([['a/7/72', at]]), known: new Map([[7, 1]]) })
  tracks.set(ANAS_TRACK, META)
  const sheet = sheets.set(ANAS_TRACK, new Y.Map<unknown>([['.base', base]]))
  const { song } = createSongReader(doc)
  expect(song.read().tracks[0]?.patterns.a.size).toBe(1)

  sheet.set('.base', '')

  expect(song.read()).toEqual(createSongReader(doc).song.read())
  expect(song.read().tracks[0]?.patterns.a.size).toBe(0)
})

test('a change can be sent before the song is read, and is in the song as soon as it is made', () => {
  const doc = new Y.Doc()
  const { song } = createSongReader(doc)
  const seen: number[] = []
  doc.on('update', () => seen.push(song.read().stepCount))

  docShape(doc).room.set('stepCount', 32)
  seen.push(song.read().stepCount)

  expect(seen).toEqual([16, 32])
})

test('a closed reader tells of nothing', () => {
  const doc = new Y.Doc()
  const { song, close } = createSongReader(doc)
  close()

  docShape(doc).room.set('stepCount', 32)

  expect(song.read().stepCount).toBe(16)
})
