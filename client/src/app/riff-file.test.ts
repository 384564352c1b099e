import { expect, test } from 'vitest'
import { gzip } from '../net/gzip.ts'
import { authorsOf, type Riff } from '../sequence/riff.ts'
import { EMPTY_SONG, SONG_SCHEMA, type Song } from '../sequence/song.ts'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { CLICK, note, trackId, trackOf } from '../sound/testing/songs.ts'
import { packRiff, unpackRiff } from './riff-file.ts'

const SONG: Song = {
  ...EMPTY_SONG,
  schema: SONG_SCHEMA,
  root: 7,
  scale: 'dorian',
  swing: 62,
  sceneNames: { b: 'Bridge' },
  tracks: [
    trackOf([note(0, 60)], {
      id: 'anasanasanas',
      name: 'Ana',
      owner: '',
      sound: { ...CLICK, duckBy: trackId('bobobobobobo') },
      title: 'Bass',
      steps: 12,
      launch: { pattern: 'c', isOff: true },
    }),
    trackOf([note(4, 40), note(63, 108)], { id: 'bobobobobobo', name: 'Bo', owner: '', colour: 2 }),
    trackOf([], { id: 'cycycycycycy', name: 'Cy', owner: '', sound: INITIAL_SOUND }),
  ],
}
const RIFF: Omit<Riff, 'id'> = {
  name: 'Chorus',
  atMs: 1_790_000_000_000,
  by: { name: 'Dee', colour: 4 },
  bpm: 133,
  song: SONG,
}

const packed = (value: unknown): Promise<Uint8Array<ArrayBuffer>> =>
  gzip(new TextEncoder().encode(JSON.stringify(value)))

test('a riff comes back from its bytes, whole, under an id that follows from them', async () => {
  const { riff, bytes } = await packRiff(RIFF)
  const other = await packRiff({ ...RIFF, atMs: RIFF.atMs + 1 })

  expect(riff).toEqual({ ...RIFF, id: riff.id })
  expect(riff.id).toMatch(/^[0-9a-f]{32}$/)
  expect(await unpackRiff(bytes)).toEqual(riff)
  expect(other.riff.id).not.toBe(riff.id)
})

test('whose tracks had owners and coming launches are nobody’s, and play what they were to play', async () => {
  const change = { before: { pattern: 'a', isOff: false }, epoch: 'one', sharedMs: 5 } as const
  const [ana, ...others] = SONG.tracks
  if (ana === undefined) throw new Error('a track must be there')
  const launch = { pattern: 'c', isOff: true, change } as const
  const { riff } = await packRiff({
    ...RIFF,
    song: { ...SONG, tracks: [{ ...ana, owner: 'ana', isLocked: true, launch }, ...others] },
  })

  expect(riff.song).toEqual(SONG)
})

test('those who wrote what is heard are named once each', () => {
  const again = { ...SONG, tracks: [...SONG.tracks, ...SONG.tracks] }

  expect(authorsOf({ song: again })).toEqual([
    { name: 'Ana', colour: 0 },
    { name: 'Bo', colour: 2 },
  ])
})

test('of what a stranger made up everything is mended or left out', async () => {
  const song = JSON.stringify({
    format: 'beatcord-song',
    schema: 3,
    bpm: 1e9,
    tracks: [{ id: 'no id!', notes: {} }, { id: 'anasanasanas' }, { id: 'anasanasanas' }, 7],
  })

  const riff = await unpackRiff(
    await packed({ format: 'beatcord-riff', schema: 1, song, name: '', atMs: -1, by: 'me' }),
  )

  expect(riff).toMatchObject({ name: 'Someone', atMs: 0, by: { name: 'Someone', colour: 0 } })
  expect(riff?.bpm).toBe(120)
  expect(riff?.song.tracks.map(({ id }) => id)).toEqual(['anasanasanas'])
})

test('what is no riff is none', async () => {
  const { bytes } = await packRiff(RIFF)
  const song = '{"format":"beatcord-song","schema":3,"tracks":[]}'
  const none = [
    new Uint8Array(0),
    bytes.slice(1),
    bytes.slice(0, -9),
    new Uint8Array(300_000),
    await packed({ format: 'another', schema: 1, song }),
    await packed({ format: 'beatcord-riff', schema: 2, song }),
    await packed({ format: 'beatcord-riff', schema: 1, song: {} }),
    await packed({ format: 'beatcord-riff', schema: 1, song: '{}' }),
    await gzip(new Uint8Array(5_000_000)),
  ]

  for (const each of none) expect(await unpackRiff(each)).toBeUndefined()
})

test('one that is too large is not packed', async () => {
  const notes = Array.from({ length: 64 * 85 }, (_, at) => ({
    ...note(at % 64, 24 + Math.floor(at / 64), 1 + ((at * 7919) % 127)),
    length: 1 + ((at * 104_729) % 64),
  }))
  const tracks = Array.from({ length: 30 }, (_, at) =>
    trackOf(
      notes.map((one, place) => ({ ...one, velocity: 1 + ((place * (at + 3) * 31) % 127) })),
      { id: `tracktrack${'abcdefghijklmnopqrstuvwxyz'[at % 26] ?? ''}${at > 25 ? 'b' : 'a'}` },
    ),
  )

  await expect(packRiff({ ...RIFF, song: { ...SONG, tracks } })).rejects.toThrow(RangeError)
})
