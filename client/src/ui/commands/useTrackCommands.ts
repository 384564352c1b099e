import { DESK_WORDS } from '../../words/desk.ts'
import type { ShownTrack } from '../tracks/shown-tracks.ts'
import { useCommands } from './useCommands.ts'

/** What can be done with the tracks of the jam. */
export interface TrackHands {
  tracks(): readonly ShownTrack[]
  open(): ShownTrack
  edit(track: ShownTrack): void
}

export function useTrackCommands(hands: TrackHands): void {
  useCommands(() =>
    hands.tracks().map((track) => ({
      id: 'open-track',
      of: { key: track.id, name: track.isMine ? DESK_WORDS.yours(track.name) : track.name },
      isAvailable: () => track.id !== hands.open().id,
      run: () => {
        hands.edit(track)
      },
    })),
  )
}
