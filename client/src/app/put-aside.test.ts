import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import { EMPTY_SONG, type Song } from '../sequence/song.ts'
import { createPutAside } from './put-aside.ts'
import { parseSongFile } from './song-file.ts'

function jam() {
  const aside = createLive<Song | undefined>(undefined)
  return {
    aside,
    forgetAside() {
      aside.set(undefined)
    },
  }
}

test('a copy that was put aside is told of, saved as a song file, and forgotten', async () => {
  const room = jam()
  const { hasAside, saveAside, forgetAside } = createPutAside(room, () => 97)
  expect(hasAside.read()).toBe(false)

  room.aside.set({ ...EMPTY_SONG, stepCount: 32 })

  expect(hasAside.read()).toBe(true)
  const verdict = parseSongFile(await (await saveAside()).text())
  expect(verdict).toMatchObject({ ok: true, file: { stepCount: 32, bpm: 97 } })
  forgetAside()
  expect(hasAside.read()).toBe(false)
  await expect(saveAside()).rejects.toThrow('Nothing was put aside.')
})
