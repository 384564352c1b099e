import { PeerConnection } from 'node-datachannel'
import * as polyfill from 'node-datachannel/polyfill'
import { WebSocket } from 'ws'
import { createScope } from '../../client/src/lib/scope.ts'
import { createNodeWrtc, type NodeWebRtc } from '../../client/src/net/node-wrtc.ts'
import { createRoomSecret, deriveRoomKeys, type RoomKeys } from '../../client/src/net/room-keys.ts'
import { createSeatStore } from '../../client/src/net/seat-store.ts'
import { createSignalClient } from '../../client/src/net/signal-client.ts'
import { createSimplePeerWires } from '../../client/src/net/simple-peer-wire.ts'
import { openTestTab, QUIET, type TestTab, until } from '../../client/src/net/test-tab.ts'
import { createTimers } from '../../client/src/net/timers.ts'
import { readConfig } from '../../signal-server/src/config.ts'
import { createSignalServer } from '../../signal-server/src/server.ts'
import { createMiddle, type Middle } from './middle.ts'

/** A tab of Node with real links, which says who it is on each of them. */
export interface RealTab extends TestTab {
  readonly connections: readonly RTCPeerConnection[]
  /** What came over links: `<who it is said to be from>: <what>`. */
  readonly heard: readonly string[]
  /** Connections that are neither open nor closed. */
  halfOpen(): number
  close(): void
}

/** A room on a real server, behind one in the middle. */
export interface RealRoom {
  readonly keys: RoomKeys
  readonly middle: Middle
  join(): Promise<RealTab>
}

const GREET_EVERY_MS = 250

const SETTINGS = readConfig({
  PORT: '0',
  HOST: '127.0.0.1',
  ICE_SERVERS: '[]',
  RELAY_BYTES_PER_SECOND: '1000000',
  SEAT_KEY: 'a key of the stress',
})

/** Opens a room, and closes it and all its tabs whatever happens in it. */
export async function inRealRoom<T>(play: (room: RealRoom) => Promise<T>): Promise<T> {
  const keys = await deriveRoomKeys(createRoomSecret())
  const scope = createScope()
  const server = await createSignalServer(SETTINGS, () => undefined)
  const middle = await createMiddle(server.port)
  try {
    return await play({
      keys,
      middle,
      async join() {
        const tab = await openTab(middle.port, keys)
        scope.own(tab.close)
        return tab
      },
    })
  } finally {
    scope.close()
    await middle.close()
    await server.close()
  }
}

async function openTab(port: number, keys: RoomKeys): Promise<RealTab> {
  const platform = { PeerConnection, ...polyfill } as unknown as NodeWebRtc
  const { wrtc, connections } = createNodeWrtc(platform)
  const timers = createTimers()
  const signal = createSignalClient({
    url: `ws://127.0.0.1:${port}/ws`,
    authKey: () => keys.authKey,
    sealed: '',
    seatStore: createSeatStore({ room: 'r', storage: undefined, locks: undefined, timers }),
    timers,
    wakes: QUIET,
    random: Math.random,
    WebSocket,
  })
  await until(() => signal.state.read().status === 'admitted')
  const id = signal.self.read()
  if (id === undefined) throw new Error('an admitted peer must know its id')
  const createWire = createSimplePeerWires({ iceServers: () => [], now: timers.now, wrtc })
  const tab = openTestTab({ id, signal, keys, createWire, timers })
  const heard: string[] = []
  tab.mesh.onBytes('doc', (from, bytes) => {
    heard.push(`${from}: ${new TextDecoder().decode(bytes)}`)
  })
  return {
    ...tab,
    connections,
    heard,
    halfOpen: () =>
      connections.filter(({ connectionState }) => ['new', 'connecting'].includes(connectionState))
        .length,
    close() {
      tab.mesh.close()
      signal.close()
    },
  }
}

/** What a tab says on all its links. */
const greet = ({ id, mesh }: RealTab): void => {
  mesh.broadcast('doc', new TextEncoder().encode(`I am ${id}`))
}

/** What was heard over a link that does not end at whom it names. */
export const liesHeard = ({ heard }: RealTab): readonly string[] =>
  heard.filter((line) => {
    const [from = '', said = ''] = line.split(': ')
    return said !== `I am ${from}`
  })

/** Everybody greets until everybody has heard of everybody: a link that just ended takes a greeting along. */
export async function allGreet(tabs: readonly RealTab[]): Promise<void> {
  const before = tabs.map(({ heard }) => heard.length)
  const haveHeard = (): boolean =>
    tabs.every(({ heard }, index) => {
      const since = heard.slice(before[index])
      return new Set(since.map((line) => line.split(': ')[0])).size === tabs.length - 1
    })
  const timer = setInterval(() => {
    for (const tab of tabs) greet(tab)
  }, GREET_EVERY_MS)
  try {
    await until(haveHeard)
  } finally {
    clearInterval(timer)
  }
}
