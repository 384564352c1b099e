import { PeerConnection } from 'node-datachannel'
import * as polyfill from 'node-datachannel/polyfill'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { readConfig } from '../../../signal-server/src/config.ts'
import { createSignalServer } from '../../../signal-server/src/server.ts'
import { createScope } from '../lib/scope.ts'
import type { Scope } from '../lib/scope.ts'
import { meshContract } from './mesh-contract.ts'
import { createNodeWrtc } from './node-wrtc.ts'
import type { NodeWebRtc } from './node-wrtc.ts'
import { createRoomSecret, deriveRoomKeys } from './room-keys.ts'
import type { RoomKeys } from './room-keys.ts'
import { createSeatStore } from './seat-store.ts'
import { createSignalClient } from './signal-client.ts'
import { createSimplePeerWires } from './simple-peer-wire.ts'
import {
  countTimers,
  createDeadWire,
  hasten,
  isFullMesh,
  openTestTab,
  QUIET,
  until,
} from './test-tab.ts'
import type { TestTab } from './test-tab.ts'
import { createTimers } from './timers.ts'

type Server = Awaited<ReturnType<typeof createSignalServer>>

interface Tab extends TestTab {
  readonly now: () => number
  readonly connections: readonly RTCPeerConnection[]
  readonly timersLeft: () => number
}

interface Room {
  join(): Promise<Tab>
  until(condition: () => boolean): Promise<void>
  stopServer(): Promise<void>
  startServer(): Promise<void>
  close(): Promise<void>
}

const rooms: Room[] = []
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close()
})

/** @param overServer whether no connection ever opens */
async function openRoom(overServer = false): Promise<Room> {
  const keys = await deriveRoomKeys(createRoomSecret())
  const scope = createScope()
  let server = await startServer(0)
  const { port } = server
  const room: Room = {
    join: () => openTab(port, keys, scope, overServer),
    until,
    stopServer: () => server.close(),
    async startServer() {
      server = await startServer(port)
    },
    async close() {
      scope.close()
      await server.close()
    },
  }
  rooms.push(room)
  return room
}

const startServer = (port: number): Promise<Server> =>
  createSignalServer(
    readConfig({
      PORT: String(port),
      HOST: '127.0.0.1',
      ICE_SERVERS: '[]',
      RELAY_BYTES_PER_SECOND: '1000000',
      SEAT_KEY: 'a key that the test keeps over a restart',
    }),
    () => undefined,
  )

async function openTab(
  port: number,
  keys: RoomKeys,
  scope: Scope,
  overServer: boolean,
): Promise<Tab> {
  const { wrtc, connections } = createNodeWrtc({
    PeerConnection,
    ...polyfill,
  } as unknown as NodeWebRtc)
  const { timers, timersLeft } = countTimers(hasten(createTimers(), overServer ? 3 : 1))
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
  scope.own(signal.close)
  await until(() => signal.state.read().status === 'admitted')
  const id = signal.self.read()
  if (id === undefined) throw new Error('an admitted peer must know its id')
  const tab = openTestTab({
    id,
    signal,
    keys,
    createWire: overServer
      ? createDeadWire
      : createSimplePeerWires({ iceServers: () => [], now: timers.now, wrtc }),
    timers,
  })
  scope.own(tab.mesh.close)
  return { ...tab, now: timers.now, connections, timersLeft }
}

meshContract('a mesh over WebRTC', async () => {
  const room = await openRoom()
  rooms.splice(rooms.indexOf(room), 1)
  return room
})

meshContract('a mesh over the server alone', async () => {
  const room = await openRoom(true)
  rooms.splice(rooms.indexOf(room), 1)
  return room
})

/** Sends one message each way along every link, and waits for all of them. */
async function everyLinkCarries(room: Room, tabs: readonly Tab[]): Promise<void> {
  let arrived = 0
  const undos = tabs.map(({ mesh }) => mesh.onBytes('doc', () => (arrived += 1)))
  for (const { mesh } of tabs) mesh.broadcast('doc', new Uint8Array(100))
  await room.until(() => arrived === tabs.length * (tabs.length - 1))
  for (const undo of undos) undo()
}

/** What goes through the server does not outlive it, and may be lost when a connection takes its place. */
const isStraight = (tabs: readonly Tab[]): boolean =>
  isFullMesh(tabs) &&
  tabs.every(({ mesh }) => [...mesh.links.read().values()].every(({ status }) => status === 'open'))

const inUse = (tabs: readonly Tab[]): readonly RTCPeerConnection[] =>
  tabs.flatMap(({ mesh }) => mesh.peers().flatMap((peer) => mesh.rawConnection(peer) ?? []))

test('[LINK4] peers that all lose their connections at the same moment find each other again', async () => {
  const room = await openRoom()
  const tabs = [await room.join(), await room.join(), await room.join()]
  await room.until(() => isStraight(tabs))

  for (let round = 0; round < 3; round++) {
    const lost = tabs.flatMap(({ connections }) => connections)
    for (const each of lost) each.close()
    // The links need not close meanwhile: the server may carry them.
    await room.until(() => isStraight(tabs) && inUse(tabs).every((each) => !lost.includes(each)))
    await everyLinkCarries(room, tabs)
  }

  expect(tabs.map((each) => each.mesh.links.read().size)).toEqual([2, 2, 2])
}, 60_000)

test('[LINK8] links outlive the server, which finds everyone in their seat when it is back', async () => {
  const room = await openRoom()
  const tabs = [await room.join(), await room.join()]
  await room.until(() => isStraight(tabs))
  const ids = tabs.map(({ signal }) => signal.self.read())

  await room.stopServer()
  await room.until(() => tabs.every(({ signal }) => signal.state.read().status === 'away'))
  await everyLinkCarries(room, tabs)
  await room.startServer()
  await room.until(() => tabs.every(({ signal }) => signal.state.read().status === 'admitted'))
  const all = [...tabs, await room.join()]
  await room.until(() => isStraight(all))

  expect(tabs.map(({ signal }) => signal.self.read())).toEqual(ids)
  await everyLinkCarries(room, all)
})

test('what is closed leaves no connection, socket or timer behind', async () => {
  const room = await openRoom()
  const tabs = [await room.join(), await room.join()]
  await room.until(() => isFullMesh(tabs))

  for (const { mesh, signal } of tabs) {
    mesh.close()
    signal.close()
  }
  const connections = tabs.flatMap((each) => [...each.connections])
  await room.until(() => connections.every((each) => each.connectionState === 'closed'))

  expect(tabs.map(({ timersLeft }) => timersLeft())).toEqual([0, 0])
  // Resolves only when no socket is left.
  await room.stopServer()
})
