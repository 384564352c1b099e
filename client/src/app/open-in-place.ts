import type { Jam } from '../jam/jam.ts'
import { createLaunchVerbs } from '../jam/launch-verbs.ts'
import type { OwnTrack } from '../jam/song-verbs.ts'
import { createWholeSongVerbs } from '../jam/whole-song-verbs.ts'
import type { TrackId } from '../sequence/song.ts'
import { createTrackId } from './ids.ts'
import type { FileTrack, SongFile } from './song-file.ts'
import type { TransportDesk } from './transport-desk.ts'

export interface OpenSongOptions {
  readonly jam: Pick<Jam, 'verbs'>
  readonly transport: Pick<TransportDesk, 'setTempo'>
  readonly ownTrack: () => OwnTrack
}

/** The opener gets the track this browser once made, else the first; the others stand as of someone who has left. */
export function openInPlace({ jam, transport, ownTrack }: OpenSongOptions, file: SongFile): void {
  const own = ownTrack()
  const mine = file.tracks.find(({ home }) => home === own.meta.home) ?? file.tracks[0]
  const ids = file.tracks.map((track) => (track === mine ? own.id : createTrackId()))
  const tracks = file.tracks.map((track, index) => {
    const { name, colour, home, subdivision, notes, more, traits } = track
    const id = ids[index] ?? createTrackId()
    const part = { subdivision, sound: linked(track, ids), notes, more, traits }
    if (track === mine) return { id, meta: own.meta, part }
    return {
      id,
      meta: { owner: '', home, name, colour, bornMs: own.meta.bornMs + 1 + index },
      part,
    }
  })
  const { bpm, ...song } = file
  jam.verbs.late(createWholeSongVerbs).replaceSong({ ...song, tracks })
  jam.verbs.late(createLaunchVerbs).launch(
    new Map(
      file.tracks.flatMap(({ plays }, index) => {
        const id = ids[index]
        return plays === undefined || id === undefined ? [] : [[id, plays]]
      }),
    ),
  )
  transport.setTempo(bpm)
}

/** The track's sound, with the ids that its links lead to in this room. */
const linked = ({ sound, links }: FileTrack, ids: readonly TrackId[]): FileTrack['sound'] => ({
  ...sound,
  ...Object.fromEntries(Object.entries(links).map(([link, place]) => [link, ids[place] ?? ''])),
})
