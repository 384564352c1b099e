import type { Song, Track, TrackId } from '../sequence/song.ts'

/** What is needed to say which track is mine. */
export interface OwnTrackQuestion {
  readonly song: Song
  /** The track that was mine until now. */
  readonly current: TrackId
  readonly self: string | undefined
  /** An id that no track has. */
  readonly fresh: () => TrackId
  /** Names this browser in this room. */
  readonly home: string
  /** Peer ids of everyone else in the room; undefined while that is not known. */
  readonly others: ReadonlySet<string> | undefined
}

/**
 * The track of this tab's person: the one it already has in the song, unless somebody here owns it by now; else the one its seat had before a reload; else
 * one that this browser made and nobody here owns, as when one comes back the next day; else a fresh one.
 */
export function chooseOwnTrack(question: OwnTrackQuestion): TrackId {
  const { song, current, self, home, others } = question
  const has = (match: (track: Track) => boolean): Track | undefined => song.tracks.find(match)
  const isAnothers = ({ owner }: Track): boolean => owner !== self && others?.has(owner) === true
  const held = has(({ id }) => id === current)
  const known =
    (held !== undefined && !isAnothers(held) ? held : undefined) ??
    has(({ owner }) => owner === self) ??
    has((track) => track.home === home && others !== undefined && !isAnothers(track))
  return known?.id ?? (held === undefined ? current : question.fresh())
}
