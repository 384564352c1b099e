import { PeerConnection } from 'node-datachannel'
import * as polyfill from 'node-datachannel/polyfill'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { readConfig } from '../../../signal-server/src/config.ts'
import { createSignalServer } from '../../../signal-server/src/server.ts'
import { createNodeWrtc } from '../net/node-wrtc.ts'
import type { NodeWebRtc } from '../net/node-wrtc.ts'
import { createRoomSecret, deriveRoomKeys } from '../net/room-keys.ts'
import type { RoomKeys } from '../net/room-keys.ts'
import { createSeatStore } from '../net/seat-store.ts'
import { createSignalClient } from '../net/signal-client.ts'
import type { SignalClient } from '../net/signal-client-types.ts'
import { createSimplePeerWires } from '../net/simple-peer-wire.ts'
import { countTimers, QUIET, until } from '../net/test-tab.ts'
import { createTimers } from '../net/timers.ts'
import { createWebRtcMesh } from '../net/webrtc-mesh.ts'
import type { WebRtcMesh } from '../net/webrtc-mesh.ts'
import type { TrackId } from '../sequence/song.ts'
import { EVERYBODY_PLAYS } from './plain-roles.ts'
import { joinJam } from './jam.ts'
import { openSong } from './open-song.ts'
import type { Jam } from './jam.ts'

/** A tab without its page: everything that stands between the socket and the song. */
interface Tab {
  readonly jam: Jam
  readonly mesh: WebRtcMesh
  readonly signal: SignalClient
  readonly connections: readonly RTCPeerConnection[]
  readonly timersLeft: () => number
  close(): void
}

const TRACK = 'trackofana' as TrackId
const SETTINGS = readConfig({
  PORT: '0',
  HOST: '127.0.0.1',
  ICE_SERVERS: '[]',
  RELAY_BYTES_PER_SECOND: '1000000',
  SEAT_KEY: 'a key of the test',
})

async function openTab(port: number, keys: RoomKeys): Promise<Tab> {
  const { wrtc, connections } = createNodeWrtc({
    PeerConnection,
    ...polyfill,
  } as unknown as NodeWebRtc)
  const { timers, timersLeft } = countTimers(createTimers())
  const signal = createSignalClient({
    url: `ws://127.0.0.1:${String(port)}/ws`,
    authKey: () => keys.authKey,
    sealed: '',
    seatStore: createSeatStore({ room: 'r', storage: undefined, locks: undefined, timers }),
    timers,
    wakes: QUIET,
    random: Math.random,
    WebSocket,
  })
  const mesh = createWebRtcMesh({
    signal,
    signalKey: keys.signalKey,
    relayKey: keys.relayKey,
    createWire: createSimplePeerWires({ iceServers: () => [], now: timers.now, wrtc }),
    timers,
    wakes: QUIET,
    random: Math.random,
  })
  const song = await openSong()
  const jam = joinJam({
    song,
    mesh,
    timers,
    random: Math.random,
    newSessionId: 'f'.repeat(16),
    wallOffsetMs: timers.wallMs() - timers.now(),
    company: () => ({ self: signal.self.read(), others: signal.roster.read().size }),
    roles: EVERYBODY_PLAYS,
    ownTrack: () => ({
      id: TRACK,
      meta: { owner: signal.self.read() ?? '', home: 'h', name: 'ana', colour: 0, bornMs: 1 },
    }),
  })
  return {
    jam,
    mesh,
    signal,
    connections,
    timersLeft,
    close() {
      jam.leave()
      song.close()
      mesh.close()
      signal.close()
    },
  }
}

/** How many of each kind keep this process running; the sockets of both ends are in it. */
function resources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const each of process.getActiveResourcesInfo()) counts[each] = (counts[each] ?? 0) + 1
  return counts
}
const socketCount = (): number => resources()['TCPSocketWrap'] ?? 0

const isAdmitted = ({ signal }: Tab): boolean => signal.state.read().status === 'admitted'
const isLinked = ({ mesh }: Tab): boolean => mesh.peers().length === 1

test('fifty tabs made and closed, at any moment of their lives, leave no socket, connection, timer or handle', async () => {
  const others = resources()
  const server = await createSignalServer(SETTINGS, () => undefined)
  const [before, socketsBefore] = [resources()['Timeout'] ?? 0, socketCount()]
  const all: Tab[] = []
  let most = 0

  for (let round = 0; round < 25; round++) {
    const keys = await deriveRoomKeys(createRoomSecret())
    const pair = [await openTab(server.port, keys), await openTab(server.port, keys)]
    all.push(...pair)
    // Closed at once, when the server has seated them, while they meet, when they are linked, when they share a song.
    if (round % 5 > 0) await until(() => pair.every(isAdmitted))
    if (round % 5 === 2) await until(() => pair.some(({ connections }) => connections.length > 0))
    if (round % 5 > 2) await until(() => pair.every(isLinked))
    if (round % 5 === 4) {
      pair[0]?.jam.verbs.toggleNote(TRACK, 1, 60)
      await until(() => pair[1]?.jam.song.read().tracks.length === 1)
    }
    most = Math.max(most, socketCount())
    for (const each of pair) {
      each.close()
      expect(each.timersLeft()).toBe(0)
    }
  }
  await until(() => socketCount() === socketsBefore)
  await until(() =>
    all.every(({ connections }) => connections.every((each) => each.connectionState === 'closed')),
  )
  // What the server keeps for a while are the seats of those who may come back.
  await server.close()
  await until(() => (resources()['Timeout'] ?? 0) <= before)

  expect(all).toHaveLength(50)
  // Two tabs have a socket each, both ends of which are here.
  expect(most).toBeGreaterThanOrEqual(socketsBefore + 4)
  expect(all.map(({ timersLeft }) => timersLeft())).toEqual(all.map(() => 0))
  // A handle is gone a moment after its end was told.
  for (const kind of ['TCPServerWrap', 'MessagePort']) {
    await until(() => (resources()[kind] ?? 0) <= (others[kind] ?? 0))
  }
}, 120_000)
