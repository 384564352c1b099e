import { createLive, type Live } from '../lib/live.ts'
import type { Song, TrackId } from '../sequence/song.ts'
import { INITIAL_SOUND, type TrackSound } from '../sequence/track-sound.ts'
import { FILE_WORDS } from '../words/files.ts'
import type * as Saved from './saved-sounds.ts'
import type { Session } from './session-types.ts'
import type * as Files from './sound-file.ts'
import type { Drawer } from './storage.ts'

/** The sounds of a person: kept in this browser, and in files. */
export type SoundShelf = Pick<
  Session,
  'savedSounds' | 'saveSound' | 'removeSavedSound' | 'exportSound' | 'importSound'
>

/** Fetched when somebody looks at their sounds. */
const saving = (): Promise<typeof Saved> => import('./saved-sounds.ts')
const files = (): Promise<typeof Files> => import('./sound-file.ts')

export function createSoundShelf(drawer: Drawer, song: Live<Song>): SoundShelf {
  const shown = createLive<readonly Saved.SavedSound[]>([])
  let opened: Promise<Saved.SavedSounds> | undefined

  async function open(): Promise<Saved.SavedSounds> {
    const { createSavedSounds } = await saving()
    const saved = createSavedSounds(drawer)
    saved.sounds.subscribe(shown.set)
    shown.set(saved.sounds.read())
    return saved
  }
  function shelf(): Promise<Saved.SavedSounds> {
    opened ??= open().catch((error: unknown) => {
      // Out of reach now: the next one who asks tries again.
      opened = undefined
      throw error
    })
    return opened
  }
  function look(): void {
    // Then there is nothing to see yet.
    shelf().catch(() => undefined)
  }
  const soundOf = (track: TrackId): TrackSound =>
    song.read().tracks.find(({ id }) => id === track)?.sound ?? INITIAL_SOUND

  return {
    savedSounds: {
      read() {
        look()
        return shown.read()
      },
      subscribe(listener) {
        look()
        return shown.subscribe(listener)
      },
    },
    async saveSound(track, name) {
      const verdict = (await shelf()).save(name, soundOf(track))
      if (verdict === 'nameless') throw new Error(FILE_WORDS.namelessSound)
      if (verdict === 'full') throw new Error(FILE_WORDS.fullShelf)
      if (verdict === 'unkept') throw new Error(FILE_WORDS.unkeptSound)
    },
    async removeSavedSound(name) {
      const saved = await shelf()
      saved.remove(name)
    },
    async exportSound(track, name) {
      const { encodeSound, SOUND_FILE_TYPE } = await files()
      return new Blob([encodeSound(name, soundOf(track))], { type: SOUND_FILE_TYPE })
    },
    async importSound(file) {
      const { MAX_SOUND_FILE_BYTES, parseSoundFile } = await files()
      if (file.size > MAX_SOUND_FILE_BYTES) throw new Error(FILE_WORDS.largeSound)
      const verdict = parseSoundFile(await file.text())
      if (!verdict.ok) throw new Error(verdict.reason)
      return { name: verdict.name, sound: verdict.sound }
    },
  }
}
