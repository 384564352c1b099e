import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { INITIAL_SOUND } from '../sequence/synth-sound.ts'
import { docShape } from './doc-shape.ts'
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
  const { song } = shown(({ tracks, params, room, notes }) => {
    tracks.set(ANAS_TRACK, META)
    params.set(`${ANAS_TRACK}/cutoffHz`, 1e9)
    params.set(`${ANAS_TRACK}/volume`, -4)
    params.set(`${ANAS_TRACK}/resonance`, 'loud')
    params.set(`${ANAS_TRACK}/waveform`, 'noise')
    params.set(`${ANAS_TRACK}/subdivision`, 3)
    room.set('stepCount', 1e6)
    room.set('root', 'H')
    room.set('scale', '__proto__')
    notes.set(`${ANAS_TRACK}/a/0/60`, 'x')
    notes.set(`${ANAS_TRACK}/a/32/60`, 228)
    notes.set(`${ANAS_TRACK}/a/0/23`, 228)
    notes.set(`${ANAS_TRACK}/b/0/60`, 228)
    notes.set(`${ANAS_TRACK}/a/-1/60`, 228)
    notes.set(`${ANAS_TRACK}/a/1/60/7`, 228)
    notes.set(`${ANAS_TRACK}/a/1/61`, 228)
  })

  const { tracks, ...room } = song.read()

  expect(room).toEqual({ schema: 0, root: 0, scale: 'chromatic', stepCount: 16 })
  expect(tracks[0]?.sound).toEqual({ ...INITIAL_SOUND, cutoffHz: 18_000, volume: 0 })
  expect(tracks[0]?.subdivision).toBe(4)
  expect([...(tracks[0]?.patterns.a.keys() ?? [])]).toEqual(['1/61'])
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
  const { tracks, notes } = docShape(doc)
  tracks.set(ANAS_TRACK, META)
  notes.set(`${ANAS_TRACK}/a/7/72`, 100 + 128 * 2)

  const { song } = createSongReader(doc)

  expect([...(song.read().tracks[0]?.patterns.a.values() ?? [])]).toEqual([
    { step: 7, pitch: 72, velocity: 100, length: 2 },
  ])
})

test('a closed reader tells of nothing', () => {
  const doc = new Y.Doc()
  const { song, close } = createSongReader(doc)
  close()

  docShape(doc).room.set('stepCount', 32)

  expect(song.read().stepCount).toBe(16)
})
