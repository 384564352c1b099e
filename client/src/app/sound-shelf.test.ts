import { expect, test, vi } from 'vitest'
import { createLive } from '../lib/live.ts'
import { EMPTY_SONG } from '../sequence/song.ts'
import type { Song, TrackId } from '../sequence/song.ts'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { createSoundShelf } from './sound-shelf.ts'
import type { Drawer } from './storage.ts'

const ANAS = 'anas' as TrackId

function drawer(): Drawer {
  const kept = new Map<string, string>()
  return { read: (key) => kept.get(key), write: (key, value) => void kept.set(key, value) }
}

function shelf(own = drawer()) {
  const song = createLive<Song>({
    ...EMPTY_SONG,
    tracks: [
      {
        id: ANAS,
        owner: 'ana',
        home: 'attic',
        name: 'ana',
        colour: 0,
        subdivision: 4,
        sound: { ...INITIAL_SOUND, waveform: 'glass', cutoffHz: 999, volume: 0.1 },
        patterns: { a: new Map() },
      },
    ],
  })
  return createSoundShelf(own, song)
}

test('a sound that was saved is there for whoever looks, also on another day', async () => {
  const own = drawer()
  const sounds = shelf(own)
  const heard: number[] = []
  sounds.savedSounds.subscribe((all) => heard.push(all.length))

  await sounds.saveSound(ANAS, 'My glass')
  expect(sounds.savedSounds.read()).toMatchObject([
    { name: 'My glass', sound: { waveform: 'glass', cutoffHz: 999 } },
  ])
  expect(heard.at(-1)).toBe(1)

  const later = shelf(own)
  expect(later.savedSounds.read()).toEqual([])
  await vi.waitFor(() => expect(later.savedSounds.read()).toHaveLength(1))
  await later.removeSavedSound('My glass')
  expect(later.savedSounds.read()).toEqual([])
})

test('a sound without a name is not saved, and people are told so', async () => {
  await expect(shelf().saveSound(ANAS, '  ')).rejects.toThrow('Give the sound a name.')
})

test('a shelf that is full says so', async () => {
  const own = drawer()
  const full = Array.from({ length: 200 }, (_, at) => ({ name: `sound ${at}`, sound: {} }))
  own.write('sounds', JSON.stringify(full))
  const sounds = shelf(own)

  await expect(sounds.saveSound(ANAS, 'one more')).rejects.toThrow('no room')
})

test('where the browser keeps nothing, people are told so', async () => {
  const sounds = shelf({ read: () => undefined, write: () => undefined })

  await expect(sounds.saveSound(ANAS, 'My glass')).rejects.toThrow('until you close the page')
})

test('a sound goes to a file and comes back, without its place in the mix', async () => {
  const sounds = shelf()

  const file = await sounds.exportSound(ANAS, 'My glass')
  const { name, sound } = await sounds.importSound(file)

  expect(name).toBe('My glass')
  expect(sound).toMatchObject({ waveform: 'glass', cutoffHz: 999 })
  expect(sound).not.toHaveProperty('volume')
})

test('what is no sound is refused in a sentence', async () => {
  const sounds = shelf()

  await expect(sounds.importSound(new Blob(['{}']))).rejects.toThrow('not a Beatcord sound')
  await expect(sounds.importSound(new Blob(['x'.repeat(70_000)]))).rejects.toThrow('too large')
})

test('a track that is not in the song yet has the usual sound', async () => {
  const sounds = shelf()

  const { sound } = await sounds.importSound(await sounds.exportSound('no' as TrackId, 'new'))

  expect(sound).toMatchObject({ waveform: INITIAL_SOUND.waveform })
})
