import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import type { LinkState } from '../net/mesh.ts'
import type { SignalState } from '../net/signal-client-types.ts'
import { watchConnection } from './connection.ts'

function room() {
  const state = createLive<SignalState>({ status: 'connecting' })
  const links = createLive<ReadonlyMap<PeerId, LinkState>>(new Map())
  let peers: readonly PeerId[] = []
  const page = Object.assign(new EventTarget(), { navigator: { onLine: true } })
  const { connection, isOut } = watchConnection(
    { state, inactivityTimeoutMs: createLive(300_000) },
    { links, peers: () => peers },
    page,
  )
  return {
    state,
    connection,
    isOut,
    network(onLine: boolean) {
      page.navigator.onLine = onLine
      page.dispatchEvent(new Event(onLine ? 'online' : 'offline'))
    },
    link(count: number) {
      peers = Array.from<PeerId>({ length: count })
      links.set(new Map())
    },
  }
}

test('a tab joins, is in the room, and plays on while the server is away', () => {
  const { state, connection, link } = room()
  expect(connection.read()).toEqual({ status: 'joining' })

  state.set({ status: 'admitted' })
  expect(connection.read()).toEqual({ status: 'in-room' })

  link(2)
  state.set({ status: 'away', retryAtMs: 5 })
  expect(connection.read()).toEqual({ status: 'server-away', links: 2 })

  state.set({ status: 'connecting' })
  expect(connection.read()).toEqual({ status: 'server-away', links: 2 })

  link(1)
  expect(connection.read()).toEqual({ status: 'server-away', links: 1 })
})

test('why the server has no place stands there until there is one, or it is simply away', () => {
  const { state, connection } = room()

  state.set({ status: 'away', retryAtMs: 5, lack: 'busy' })
  state.set({ status: 'connecting' })
  expect(connection.read()).toEqual({ status: 'server-away', links: 0, lack: 'busy' })

  state.set({ status: 'away', retryAtMs: 5 })
  expect(connection.read()).toEqual({ status: 'server-away', links: 0 })

  state.set({ status: 'away', retryAtMs: 5, lack: 'address-full' })
  state.set({ status: 'admitted' })
  state.set({ status: 'connecting' })
  expect(connection.read()).toEqual({ status: 'server-away', links: 0 })
})

test.each<[SignalState, object]>([
  [
    { status: 'full', cap: 20 },
    { status: 'room-full', cap: 20 },
  ],
  [{ status: 'replaced' }, { status: 'replaced' }],
  [{ status: 'idle' }, { status: 'idle', timeoutMs: 300_000 }],
  [{ status: 'outdated' }, { status: 'outdated' }],
])('a verdict is shown with what its sentence needs: %j', (verdict, shown) => {
  const { state, connection, isOut } = room()

  state.set(verdict)

  expect(connection.read()).toEqual(shown)
  expect(isOut.read()).toBe(true)
  state.set({ status: 'admitted' })
  expect(isOut.read()).toBe(false)
})

test('a device without a network says so, from the moment it has lost it until it is back', () => {
  const { state, connection, network } = room()
  state.set({ status: 'away', retryAtMs: 5 })

  network(false)
  expect(connection.read()).toEqual({ status: 'server-away', links: 0, offline: true })

  network(true)
  expect(connection.read()).toEqual({ status: 'server-away', links: 0 })
})
