import type { Song, TrackId } from '../sequence/song.ts'
import { paramEntry } from './doc-shape.ts'
import { entriesOf, type Part } from './song-part.ts'
import type { SongWriter } from './song-writer.ts'
import { ENTRY_BYTES } from './song-writer.ts'
import { parseTrackMeta, type TrackMeta } from './track-meta.ts'
import type { Refusal } from './writable.ts'

/** What is done to tracks as a whole. */
export interface TrackVerbs {
  /** @param after  the track that it is to stand behind; last without it */
  addTrack(
    track: TrackId,
    meta: TrackMeta,
    part: Part | undefined,
    after?: TrackId,
  ): Refusal | undefined
  /** Takes away a track with all it has. */
  removeTrack(track: TrackId): Refusal | undefined
  /** Makes a track somebody's, with the notes and the sound that it has. */
  adoptTrack(track: TrackId, owner: Omit<TrackMeta, 'bornMs'>): Refusal | undefined
  /** @param index  from 0, among the others */
  moveTrack(track: TrackId, index: number): Refusal | undefined
  /** Shows a person's own track as they now are called and coloured, if it is in the song. */
  showOwnTrack(track: TrackId, meta: TrackMeta): Refusal | undefined
}

/** Most that a track takes besides its entries. */
const TRACK_BYTES = 1024

export function createTrackVerbs(writer: SongWriter, song: () => Song): TrackVerbs {
  const { edit } = writer
  const metaOf = (track: TrackId): TrackMeta | undefined => parseTrackMeta(writer.metaOf(track))
  const orderOf = (track: TrackId): number => {
    const own = writer.entryOf(track, paramEntry('order'))
    return typeof own === 'number' ? own : (metaOf(track)?.bornMs ?? 0)
  }
  /** Between the two that are to stand around it. */
  const orderAt = (index: number, others: readonly TrackId[]): number => {
    const [before, after] = [others[index - 1], others[index]]
    if (before === undefined) return after === undefined ? 0 : orderOf(after) - 1
    return after === undefined ? orderOf(before) + 1 : (orderOf(before) + orderOf(after)) / 2
  }
  const nameOf = (track: TrackId): string | undefined => {
    const found = song().tracks.find(({ id }) => id === track)
    return found?.title ?? found?.name
  }
  const othersOf = (track: TrackId): readonly TrackId[] =>
    song()
      .tracks.map(({ id }) => id)
      .filter((id) => id !== track)

  return {
    addTrack(track, meta, part, after) {
      const entries = part === undefined ? new Map<string, string | number>() : entriesOf(part)
      const add = (): void => {
        writer.setMeta(track, meta)
        writer.rewrite(track, () => false, entries)
        const others = othersOf(track)
        const behind = after === undefined ? -1 : others.indexOf(after)
        if (behind >= 0) writer.put(track, paramEntry('order'), orderAt(behind + 1, others))
      }
      const addedBytes = TRACK_BYTES + ENTRY_BYTES * entries.size
      return edit({ kind: 'add-track', track }, add, { addedBytes })
    },
    removeTrack(track) {
      const trackName = nameOf(track) ?? ''
      const remove = (): void => {
        writer.takeTrack(track)
      }
      return edit({ kind: 'remove-track', track, trackName }, remove, { makesSmaller: true })
    },
    adoptTrack(track, owner) {
      const bornMs = metaOf(track)?.bornMs
      if (bornMs === undefined) return undefined
      return edit({ kind: 'adopt-track', track }, () => {
        writer.setMeta(track, { ...owner, bornMs })
      })
    },
    moveTrack(track, index) {
      return edit({ kind: 'move-track', track }, () => {
        writer.put(track, paramEntry('order'), orderAt(index, othersOf(track)))
      })
    },
    showOwnTrack(track, meta) {
      if (!writer.hasTrack(track)) return undefined
      const bornMs = metaOf(track)?.bornMs ?? meta.bornMs
      return edit(undefined, () => {
        writer.setMeta(track, { ...meta, bornMs })
      })
    },
  }
}
