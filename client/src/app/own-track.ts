import type { Song, Track, TrackId } from '../sequence/song.ts'

/** What is needed to say which track is mine. */
export interface OwnTrackQuestion {
  readonly song: Song
  /** The track that was mine until now. */
  readonly current: TrackId
  readonly self: string | undefined
  /** Names this browser in this room. */
  readonly home: string
  /** Peer ids of everyone else in the room; undefined while that is not known. */
  readonly others: ReadonlySet<string> | undefined
}

/**
 * The track of this tab's person: the one it already has in the song; else the one its seat had before a reload; else
 * one that this browser made and nobody here owns, as when one comes back the next day; else a fresh one.
 */
export function chooseOwnTrack(question: OwnTrackQuestion): TrackId {
  const { song, current, self, home, others } = question
  const has = (match: (track: Track) => boolean): Track | undefined => song.tracks.find(match)
  const known =
    has(({ id }) => id === current) ??
    has(({ owner }) => owner === self) ??
    has((track) => track.home === home && others !== undefined && !others.has(track.owner))
  return known?.id ?? current
}
