import { PATTERN_NAMES } from '../sequence/pattern.ts'
import { type Comeback, launchOf, type Song, type Track } from '../sequence/song.ts'
import { putChords } from './chord-verbs.ts'
import { paramEntry, playKey, sceneKey } from './doc-shape.ts'
import { launchValue } from './launch-verbs.ts'
import type { EntryValue } from './sheet-base.ts'
import { entriesOf, partOf } from './song-part.ts'
import { bytesOf } from './song-verbs.ts'
import type { SongWriter } from './song-writer.ts'
import type { TrackMeta } from './track-meta.ts'
import type { Refusal } from './writable.ts'

/** How riffs come back. */
export interface RiffVerbs {
  /** Agrees that a riff comes back; undefined: that none does. Not taken back but by another. */
  setComeback(comeback: Comeback | undefined): Refusal | undefined
  /**
   * Writes what the song now becomes, as one edit: tracks that are not here begin as of somebody who has left, and none
   * is taken away.
   *
   * @param nowMs  wall clock, ms since 1970
   */
  become(song: Song, nowMs: number): Refusal | undefined
}

/** What a part does not say of a track, and so is left as it is. */
const KEPT: ReadonlySet<string> = new Set(['order', 'lock'].map(paramEntry))

export function createRiffVerbs(writer: SongWriter, song: () => Song): RiffVerbs {
  const { edit, setRoom } = writer
  return {
    setComeback(comeback) {
      return edit(undefined, () => {
        setRoom('comeback', comeback)
      })
    },
    become(next, nowMs) {
      const now = new Map(song().tracks.map((track) => [track.id, track]))
      const parts = next.tracks
        .map((track) => [track, entriesOf(partOf(track))] as const)
        .filter(([{ id }, values]) => !isSame(values, now.get(id)))
      const entries = parts.reduce((sum, [, each]) => sum + each.size, 0)
      const write = (): void => {
        const set = (key: string, before: unknown, after: unknown): void => {
          if (before !== after) setRoom(key, after)
        }
        const here = song()
        for (const key of ['root', 'scale', 'stepCount', 'swing'] as const) {
          set(key, here[key], next[key])
        }
        for (const name of PATTERN_NAMES) {
          set(sceneKey(name), here.sceneNames?.[name], next.sceneNames?.[name])
        }
        putChords(writer, next.chords ?? [])
        for (const [index, [track, values]] of parts.entries()) {
          if (!writer.hasTrack(track.id)) {
            writer.setMeta(track.id, metaOf(track, nowMs + index))
          }
          writer.rewrite(track.id, (entry) => KEPT.has(entry), values)
        }
        for (const track of next.tracks) {
          const { pattern, isOff } = launchOf(track)
          if (isPlaying(track, now.get(track.id))) continue
          setRoom(playKey(track.id), launchValue({ pattern, isOff }))
        }
      }
      const addedBytes = bytesOf(parts.length, entries)
      return edit({ kind: 'riff' }, write, { addedBytes })
    },
  }
}

/** Whether the track has nothing but these entries already. */
function isSame(entries: ReadonlyMap<string, EntryValue>, track: Track | undefined): boolean {
  if (track === undefined) return false
  const own = entriesOf(partOf(track))
  return own.size === entries.size && [...own].every(([key, value]) => entries.get(key) === value)
}

function isPlaying(track: Track, now: Track | undefined): boolean {
  const { pattern, isOff } = launchOf(track)
  const before = launchOf(now ?? {})
  return before.pattern === pattern && before.isOff === isOff && before.change === undefined
}

const metaOf = ({ home, name, colour }: Track, bornMs: number): TrackMeta => ({
  owner: '',
  home,
  name,
  colour,
  bornMs,
})
