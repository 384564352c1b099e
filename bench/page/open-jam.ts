import type * as Y from 'yjs'
import { startClockThread } from '../../client/src/app/clock-thread.ts'
import type { Jam } from '../../client/src/jam/jam.ts'
import { openSong } from '../../client/src/jam/open-song.ts'
import type { Mesh } from '../../client/src/net/mesh.ts'
import { createPageWakes } from '../../client/src/net/page-wake.ts'
import { createTimers } from '../../client/src/net/timers.ts'
import type { WebRtcMesh } from '../../client/src/net/webrtc-mesh.ts'
import type { TrackId } from '../../client/src/sequence/song.ts'
import { joinJamOver, TRACK } from './jam-over.ts'
import { openMesh, type OpenMesh } from './open-mesh.ts'

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
