import type { ClockThread } from '../../client/src/net/clock-thread.ts'
import { deriveRoomKeys } from '../../client/src/net/room-keys.ts'
import type { Wakes } from '../../client/src/net/page-wake.ts'
import { createSeatStore } from '../../client/src/net/seat-store.ts'
import { createSignalClient } from '../../client/src/net/signal-client.ts'
import type { SignalClient } from '../../client/src/net/signal-client-types.ts'
import type { WebSocketClass } from '../../client/src/net/signal-socket.ts'
import { createSimplePeerWires } from '../../client/src/net/simple-peer-wire.ts'
import type { Timers } from '../../client/src/net/timers.ts'
import { createWebRtcMesh, type WebRtcMesh } from '../../client/src/net/webrtc-mesh.ts'

export interface OpenMeshOptions {
  /** Names a private room, as a link does. */
  readonly room: string
  /** Where the signal server listens: `ws://<host>/ws`. */
  readonly url: string
  readonly timers: Timers
  readonly wakes: Wakes
  readonly WebSocket: WebSocketClass
  /** WebRTC where the platform has none of its own. */
  readonly wrtc?: object
  /** Has the clock lanes, as in the product; else the page's own thread has them. */
  readonly clockThread?: ClockThread
}

export interface OpenMesh {
  readonly mesh: WebRtcMesh
  readonly signal: SignalClient
}

/** The product's own links to everybody in a room, without anything that stands on them. */
export async function openMesh(options: OpenMeshOptions): Promise<OpenMesh> {
  const { room, timers, wakes, wrtc, clockThread } = options
  const keys = await deriveRoomKeys(await secretOf(room))
  const signal = createSignalClient({
    url: options.url,
    authKey: () => keys.authKey,
    sealed: '',
    seatStore: createSeatStore({ room, storage: undefined, locks: undefined, timers }),
    timers,
    wakes,
    random: Math.random,
    WebSocket: options.WebSocket,
  })
  const createWire = createSimplePeerWires({
    iceServers: signal.iceServers.read,
    now: timers.now,
    ...(wrtc && { wrtc }),
    ...(clockThread && { clockThread }),
  })
  const mesh = createWebRtcMesh({
    signal,
    signalKey: keys.signalKey,
    relayKey: keys.relayKey,
    createWire,
    timers,
    wakes,
    random: Math.random,
  })
  return { mesh, signal }
}

/** 16 bytes, as a private room has them: an open room's name is stretched for 40 ms first, on purpose. */
async function secretOf(room: string): Promise<Uint8Array> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(room))
  return new Uint8Array(hash).subarray(0, 16)
}
