import type { PeerId } from '@beatcord/shared'
import type { Live } from '../lib/live.ts'
import { createEvents } from '../lib/events.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import { createCertificates } from '../net/certificates.ts'
import { createPageWakes } from '../net/page-wake.ts'
import type { Keyring } from '../net/keyring.ts'
import { createSeatStore } from '../net/seat-store.ts'
import { createSignalClient } from '../net/signal-client.ts'
import type { SignalClient } from '../net/signal-client-types.ts'
import { createSimplePeerWires } from '../net/simple-peer-wire.ts'
import type { Timers } from '../net/timers.ts'
import { createWebRtcMesh, type WebRtcMesh } from '../net/webrtc-mesh.ts'
import { startClockThread } from './clock-thread.ts'
import type { CutOff } from './states.ts'
import { type Profile, sealProfile } from './profile.ts'

/** A seat in a room, and the links to everyone there. */
export interface Room {
  readonly signal: SignalClient
  readonly mesh: WebRtcMesh
  onCutOff(listener: (cut: CutOff) => void): Undo
  onMoved(listener: (from: PeerId, secret: Uint8Array) => void): Undo
  close: Undo
}

export interface RoomOptions {
  readonly page: Window & typeof globalThis
  readonly keyring: Keyring
  /** Names the room in this browser. */
  readonly tag: string
  /** `ws:` or `wss:`. */
  readonly signalUrl: string
  readonly profile: Profile
  readonly hidesAddress: Live<boolean>
  readonly timers: Timers
  readonly random: () => number
}

/** Begins to take a seat, and to link with whoever the server introduces. */
export async function openRoom(options: RoomOptions): Promise<Room> {
  const { page, keyring, timers, random } = options
  const scope = createScope()
  const wakes = createPageWakes(page)
  const seatStore = createSeatStore({
    room: options.tag,
    storage: storageOf(page),
    locks: page.navigator.locks,
    timers,
  })
  scope.own(seatStore.close)
  const signal = createSignalClient({
    url: options.signalUrl,
    authKey: () => keyring.current.read().authKey,
    sealed: await sealProfile(keyring.keysFor('profileKey'), options.profile),
    seatStore,
    timers,
    wakes,
    random,
    WebSocket: page.WebSocket,
  })
  scope.own(signal.close)
  const certificates = createCertificates({
    signal,
    timers,
    fetchKeys: async () => (await page.fetch('/api/keys')).json() as Promise<unknown>,
    loadCheck: () => import('../net/certificate-check.ts'),
  })
  scope.own(certificates.close)
  const clockThread = startClockThread(page, timers)
  if (clockThread !== undefined) scope.own(clockThread.close)
  const events = createEvents<{ cutOff: [CutOff]; moved: [PeerId, Uint8Array] }>()
  const mesh = createWebRtcMesh({
    signal,
    signalKey: keyring.keysFor('signalKey'),
    relayKey: keyring.keysFor('relayKey'),
    createWire: createSimplePeerWires({
      iceServers: signal.iceServers.read,
      relayOnly: options.hidesAddress,
      now: timers.now,
      ...(clockThread && { clockThread }),
    }),
    timers,
    wakes,
    random,
    relayOnly: options.hidesAddress,
    onCertificate: certificates.hear,
    onMoved(from, secret) {
      events.emit('moved', from, secret)
    },
    onCutOff(peer, code, by) {
      events.emit('cutOff', { peer, by, code })
    },
  })
  scope.own(mesh.close)
  return {
    signal,
    mesh,
    onCutOff: (listener) => events.on('cutOff', listener),
    onMoved: (listener) => events.on('moved', listener),
    close: scope.close,
  }
}

function storageOf(page: Window): Storage | undefined {
  try {
    return page.sessionStorage
  } catch {
    // Storage is switched off: the seat does not outlive a reload.
    return undefined
  }
}
