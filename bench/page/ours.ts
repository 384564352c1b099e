import * as Y from 'yjs'
import type { Mesh } from '../../client/src/net/mesh.ts'
import type { WebRtcMesh } from '../../client/src/net/webrtc-mesh.ts'
import { DEFAULT_VELOCITY, LOWEST_PITCH } from '../../client/src/sequence/pattern.ts'
import type { TrackId } from '../../client/src/sequence/song.ts'
import { INITIAL_SOUND } from '../../client/src/sequence/track-sound.ts'
import { type BenchPeer, fillSong, type OpenPeer, STEPS } from './bench-peer.ts'
import { followBenchPath } from './lossy-candidates.ts'
import { createMeshPage } from './mesh-page.ts'
import { ourKind } from './message-kind.ts'
import { TRACK } from './jam-over.ts'
import { openJam } from './open-jam.ts'
import { tapWires } from './wire-tap.ts'

/** First byte of the bench's own live frames, which the jam does not get to see. */
const BENCH_KIND = 250
const open: OpenPeer = async ({ room }) => {
  const liveListeners: ((number: number) => void)[] = []
  const { jam, mesh, signal, doc, ownTrack } = await openJam(room, (whole) =>
    withoutBenchFrames(whole, (number) => {
      for (const listener of liveListeners) listener(number)
    }),
  )
  const peer: BenchPeer = {
    self: signal.self.read,
    connections: () => openConnections(mesh),
    onLinks: (listener) => mesh.links.subscribe(listener),
    toggle(cell) {
      jam.verbs.toggleNote(TRACK, cell % STEPS, LOWEST_PITCH + Math.floor(cell / STEPS))
    },
    cells: () =>
      new Set(
        [
          ...(jam.song
            .read()
            .tracks.find(({ id }) => id === TRACK)
            ?.patterns.a.values() ?? []),
        ].map(({ step, pitch }) => step + STEPS * (pitch - LOWEST_PITCH)),
      ),
    onSong(listener) {
      jam.song.subscribe(listener)
      jam.chat.lines.subscribe(listener)
    },
    entryCount: () =>
      jam.song.read().tracks.reduce((sum, { patterns }) => sum + patterns.a.size, 0) +
      jam.chat.lines.read().length,
    fill: (bytes) =>
      fillSong(bytes, {
        part(track, places) {
          ownTrack(track as TrackId)
          const notes = places.map((place) => ({ ...place, velocity: DEFAULT_VELOCITY, length: 1 }))
          jam.verbs.writePart(track as TrackId, { notes, sound: INITIAL_SOUND, subdivision: 4 })
        },
        line(text) {
          const by = signal.self.read() ?? ''
          jam.chat.say({ id: crypto.randomUUID(), by, name: 'b', colour: 0, text, atMs: 0 })
        },
        bytes: () => Y.encodeStateAsUpdate(doc).length,
        entries: () => peer.entryCount(),
      }),
    sendLive(number) {
      const frame = new Uint8Array(5)
      frame[0] = BENCH_KIND
      new DataView(frame.buffer).setUint32(1, number)
      mesh.broadcast('live', frame)
    },
    onLive(listener) {
      liveListeners.push(listener)
    },
  }
  return peer
}

/** The mesh as the jam gets it: without the bench's own frames, which would be an offence. */
const withoutBenchFrames = (mesh: WebRtcMesh, onLive: (number: number) => void): Mesh => ({
  ...mesh,
  onBytes: (lane, listener) =>
    mesh.onBytes(lane, (from, bytes, arrivedMs) => {
      if (lane !== 'live' || bytes[0] !== BENCH_KIND) listener(from, bytes, arrivedMs)
      else onLive(new DataView(bytes.buffer, bytes.byteOffset).getUint32(1))
    }),
})

function openConnections(mesh: WebRtcMesh): ReadonlyMap<string, RTCPeerConnection> {
  const found = new Map<string, RTCPeerConnection>()
  for (const [peer, { status }] of mesh.links.read()) {
    const connection = mesh.rawConnection(peer)
    if ((status === 'open' || status === 'unsteady') && connection) found.set(peer, connection)
  }
  return found
}

followBenchPath()
window.meshPage = createMeshPage(open, tapWires(ourKind))
