import { PROTOCOL_VERSION } from '@beatcord/shared'
import type { PeerId, ServerMessage } from '@beatcord/shared'
import { createFakeSockets } from './fake-socket.ts'
import type { FakeSocket } from './fake-socket.ts'
import { createFakeTimers } from './fake-timers.ts'
import type { FakeTimers } from './fake-timers.ts'
import type { WakeCause } from './page-wake.ts'
import { createSeatStore } from './seat-store.ts'
import { createSignalClient } from './signal-client.ts'
import type { SignalClient } from './signal-client-types.ts'

export const [ME, ANA, BO] = ['m', 'a', 'b'].map((letter) => letter.repeat(26)) as [
  PeerId,
  PeerId,
  PeerId,
]
export const SEAT = { peerId: ME, proof: 'A'.repeat(43) }

export const welcome = (
  more: Partial<ServerMessage & { type: 'welcome' }> = {},
): ServerMessage => ({
  type: 'welcome',
  version: PROTOCOL_VERSION,
  seat: SEAT,
  roster: [],
  role: 'player',
  rules: { door: 'open', newcomers: 'player' },
  iceServers: [],
  inactivityTimeoutMs: 60_000,
  relay: false,
  serverId: 's1',
  ...more,
})

/** A signal client whose server, clock and page are the test's. */
export interface SpokenClient {
  readonly client: SignalClient
  readonly timers: FakeTimers
  readonly sockets: readonly FakeSocket[]
  readonly newest: () => FakeSocket
  readonly wake: (cause: WakeCause) => void
  readonly page: { visible: boolean }
}

/** Connects, and has not been welcomed yet. */
export async function createSpokenClient(random = 0.5): Promise<SpokenClient> {
  const timers = createFakeTimers()
  const { WebSocket, sockets, newest } = createFakeSockets()
  const page = { visible: true }
  const wakers = new Set<(cause: WakeCause) => void>()
  const client = createSignalClient({
    url: 'ws://here/ws',
    authKey: () => 'K'.repeat(43),
    sealed: 'AAAA',
    seatStore: createSeatStore({ room: 'r', storage: undefined, locks: undefined, timers }),
    timers,
    wakes: {
      isVisible: () => page.visible,
      onHide: () => () => undefined,
      onWake(listener) {
        wakers.add(listener)
        return () => wakers.delete(listener)
      },
    },
    random: () => random,
    WebSocket,
  })
  // Its seat is looked for in promises; the socket is opened after the last of them.
  while (sockets.length === 0) await Promise.resolve()
  return {
    client,
    timers,
    sockets,
    newest,
    page,
    wake(cause) {
      for (const waker of wakers) waker(cause)
    },
  }
}

/** Connects and is welcomed. */
export async function admitSpokenClient(random?: number): Promise<SpokenClient> {
  const all = await createSpokenClient(random)
  all.newest().open()
  all.newest().hear(welcome())
  return all
}
