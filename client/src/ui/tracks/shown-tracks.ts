import type { Person } from '../../app/session-types.ts'
import { EMPTY_PATTERN } from '../../sequence/pattern.ts'
import type { Pattern } from '../../sequence/pattern.ts'
import type { Song, Subdivision, Track, TrackId } from '../../sequence/song.ts'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'

/** A track as the page shows it. */
export interface ShownTrack {
  readonly id: TrackId
  readonly name: string
  readonly colour: number
  readonly isMine: boolean
  /** Whether its owner is in the room. */
  readonly owner: 'here' | 'away' | 'left'
  readonly subdivision: Subdivision
  readonly sound: TrackSound
  readonly pattern: Pattern
}

/** Such as "bo's track". */
export const ofTrack = ({ isMine, name }: ShownTrack): string =>
  isMine ? 'your track' : `${name}'s track`

/** My track first, even while it is not in the song yet; then everyone else's, oldest first. */
export function shownTracks(
  song: Song,
  people: readonly Person[],
  myTrackId: TrackId,
): readonly [ShownTrack, ...ShownTrack[]] {
  const me = people.find((person) => person.isMe)
  const mine = song.tracks.find((track) => track.id === myTrackId)
  const others = song.tracks.filter((track) => track.id !== myTrackId)
  return [
    mine === undefined ? unwrittenTrack(myTrackId, me) : { ...shown(mine, me), isMine: true },
    ...others.map((track) =>
      shown(
        track,
        people.find((person) => person.id === track.owner),
      ),
    ),
  ]
}

function shown(track: Track, owner: Person | undefined): ShownTrack {
  return {
    id: track.id,
    name: owner?.name ?? track.name,
    colour: owner?.colour ?? track.colour,
    isMine: false,
    owner: owner?.presence ?? 'left',
    subdivision: track.subdivision,
    sound: track.sound,
    pattern: track.patterns.a,
  }
}

const unwrittenTrack = (id: TrackId, me: Person | undefined): ShownTrack => ({
  id,
  name: me?.name ?? 'me',
  colour: me?.colour ?? 0,
  isMine: true,
  owner: 'here',
  subdivision: 4,
  sound: INITIAL_SOUND,
  pattern: EMPTY_PATTERN,
})
