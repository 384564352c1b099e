import { PATTERN_NAMES } from '../sequence/pattern.ts'
import type { Song } from '../sequence/song.ts'
import { putChords } from './chord-verbs.ts'
import { sceneKey } from './doc-shape.ts'
import { entriesOf, type Part } from './song-part.ts'
import { bytesOf, type OwnTrack } from './song-verbs.ts'
import type { SongWriter } from './song-writer.ts'
import type { Refusal } from './writable.ts'

export interface WholeSong extends Pick<
  Song,
  'root' | 'scale' | 'stepCount' | 'swing' | 'chords' | 'sceneNames'
> {
  readonly tracks: readonly (OwnTrack & { readonly part: Part })[]
}

export interface WholeSongVerbs {
  /** Puts another song in place of this one. */
  replaceSong(song: WholeSong): Refusal | undefined
}

export const createWholeSongVerbs = (writer: SongWriter): WholeSongVerbs => ({
  replaceSong(whole) {
    const entries = whole.tracks.reduce((sum, { part }) => sum + entriesOf(part).size, 0)
    const replace = (): void => {
      for (const id of writer.trackIds()) writer.takeTrack(id)
      writer.setRoom('root', whole.root)
      writer.setRoom('scale', whole.scale)
      writer.setRoom('stepCount', whole.stepCount)
      writer.setRoom('swing', whole.swing)
      putChords(writer, whole.chords ?? [])
      for (const name of PATTERN_NAMES) writer.setRoom(sceneKey(name), whole.sceneNames?.[name])
      for (const { id, meta, part } of whole.tracks) {
        writer.setMeta(id, meta)
        writer.rewrite(id, () => false, entriesOf(part))
      }
    }
    return writer.edit({ kind: 'song' }, replace, {
      addedBytes: bytesOf(whole.tracks.length, entries),
    })
  },
})
