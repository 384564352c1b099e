import { joinJam, type Jam } from '../../client/src/jam/jam.ts'
import type { OpenSong } from '../../client/src/jam/open-song.ts'
import { EVERYBODY_PLAYS } from '../../client/src/jam/plain-roles.ts'
import type { Mesh } from '../../client/src/net/mesh.ts'
import type { SignalClient } from '../../client/src/net/signal-client-types.ts'
import type { Timers } from '../../client/src/net/timers.ts'
import type { TrackId } from '../../client/src/sequence/song.ts'

/** The track that every peer of the bench writes to. */
export const TRACK = 'benchtrack' as TrackId

export interface JamOver {
  readonly mesh: Mesh
  readonly signal: SignalClient
  readonly timers: Timers
  readonly song: OpenSong
  /** The track that this peer writes to. */
  readonly own: () => TrackId
}

/** The product's jam on a mesh that stands. */
export const joinJamOver = ({ mesh, signal, timers, song, own }: JamOver): Jam =>
  joinJam({
    song,
    mesh,
    timers,
    random: Math.random,
    newSessionId: [...crypto.getRandomValues(new Uint8Array(8))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(''),
    wallOffsetMs: timers.wallMs() - timers.now(),
    company: () => ({ self: signal.self.read(), others: signal.roster.read().size }),
    roles: EVERYBODY_PLAYS,
    ownTrack: () => ({
      id: own(),
      meta: { owner: signal.self.read() ?? '', home: 'bench', name: 'bench', colour: 0, bornMs: 0 },
    }),
  })
