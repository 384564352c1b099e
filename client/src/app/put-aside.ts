import type { Jam } from '../jam/jam.ts'
import { createLive } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { Bpm } from '../sequence/time.ts'
import { FILE_WORDS } from '../words/files.ts'
import type { Session } from './session-types.ts'
import { songFiles } from './song-desk.ts'

/** The copy of the song that was put aside, for the page to give back as a file. */
export function createPutAside(
  jam: Pick<Jam, 'aside' | 'forgetAside'>,
  bpm: () => Bpm,
): Pick<Session, 'hasAside' | 'saveAside' | 'forgetAside'> & { readonly close: Undo } {
  const hasAside = createLive(jam.aside.read() !== undefined)
  return {
    hasAside,
    async saveAside() {
      const song = jam.aside.read()
      if (song === undefined) throw new Error(FILE_WORDS.nothingAside)
      const { encodeSongFile, SONG_FILE_TYPE } = await songFiles()
      return new Blob([encodeSongFile(song, bpm())], { type: SONG_FILE_TYPE })
    },
    forgetAside: jam.forgetAside,
    close: jam.aside.subscribe((song) => {
      hasAside.set(song !== undefined)
    }),
  }
}
