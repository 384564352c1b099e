import type * as Y from 'yjs'
import { startClockThread } from '../../client/src/app/clock-thread.ts'
import { joinJam, type Jam, openSong, type OpenSong } from '../../client/src/jam/jam.ts'
import type { Mesh } from '../../client/src/net/mesh.ts'
import { createPageWakes } from '../../client/src/net/page-wake.ts'
import type { SignalClient } from '../../client/src/net/signal-client-types.ts'
import { createTimers, type Timers } from '../../client/src/net/timers.ts'
import type { WebRtcMesh } from '../../client/src/net/webrtc-mesh.ts'
import type { TrackId } from '../../client/src/sequence/song.ts'
import { openMesh, type OpenMesh } from './open-mesh.ts'

/** The track that every page of the bench writes to. */
export const TRACK = 'benchtrack' as TrackId

export interface OpenJam extends OpenMesh {
  readonly jam: Jam
  readonly doc: Y.Doc
  /** Lets this page write to another track, as if that were its own. */
  ownTrack(track: TrackId): void
}

/**
 * Joins a room of the server that this page came from, with the product's own jam and mesh.
 *
 * @param watch  puts something between the jam and its mesh
 */
export async function openJam(room: string, watch: (mesh: WebRtcMesh) => Mesh): Promise<OpenJam> {
  const timers = createTimers()
  let own = TRACK
  const song = await openSong()
  const clockThread = startClockThread(window, timers)
  const { mesh, signal } = await openMesh({
    room,
    url: `ws://${location.host}/ws`,
    timers,
    wakes: createPageWakes(window),
    WebSocket,
    ...(clockThread && { clockThread }),
  })
  const jam = joinJamOver({ mesh: watch(mesh), signal, timers, song, own: () => own })
  return {
    jam,
    mesh,
    signal,
    doc: song.doc,
    ownTrack(track) {
      own = track
    },
  }
}

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
    ownTrack: () => ({
      id: own(),
      meta: { owner: signal.self.read() ?? '', home: 'bench', name: 'bench', colour: 0, bornMs: 0 },
    }),
  })
