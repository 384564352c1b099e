import type { PeerId } from '@beatcord/shared'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import { createScope } from '../lib/scope.ts'
import { encodeBase64url } from './base64url.ts'
import { assertFits } from './lanes.ts'
import type { Lane, LinkChange, LinkState, Mesh } from './mesh.ts'
import type { Wakes } from './page-wake.ts'
import { createPeerLink } from './peer-link.ts'
import type { PeerLink } from './peer-link.ts'
import { createSealedSignals } from './sealed-signals.ts'
import type { SignalClient } from './signal-client-types.ts'
import { createSlots } from './slots.ts'
import type { Timers } from './timers.ts'
import type { CreateWire } from './wire.ts'

/** Connections under way at once, of those we offer and again of those we answer. */
const MAX_HALF_OPEN = 8
/** 88 random bits. */
const PAGE_BYTES = 8

export interface WebRtcMeshOptions {
  readonly signal: SignalClient
  /** `RoomKeys.signalKey` */
  readonly signalKey: CryptoKey
  readonly createWire: CreateWire
  readonly timers: Timers
  readonly wakes: Wakes
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  /** A peer was cut off, by us or by the frames it sent. */
  readonly onCutOff?: (peer: PeerId, code: string) => void
}

export interface WebRtcMesh extends Mesh {
  linkStats(peer: PeerId): { readonly rttMs?: number }
  rawConnection(peer: PeerId): RTCPeerConnection | undefined
}

/** Links to everyone the signal server introduces, and to nobody else; the lower peer id of two offers. */
export function createWebRtcMesh(options: WebRtcMeshOptions): WebRtcMesh {
  const { signal, timers, random } = options
  const scope = createScope()
  const events = createEvents<{
    peer: [PeerId, LinkChange]
    doc: [PeerId, Uint8Array, number]
    live: [PeerId, Uint8Array, number]
    clock: [PeerId, Uint8Array, number]
  }>()
  const states = createLive<ReadonlyMap<PeerId, LinkState>>(new Map())
  const links = new Map<PeerId, PeerLink>()
  const cut = new Set<PeerId>()
  const here = new Set<PeerId>()
  const page = encodeBase64url(crypto.getRandomValues(new Uint8Array(PAGE_BYTES)))
  const offering = createSlots(MAX_HALF_OPEN)
  const answering = createSlots(MAX_HALF_OPEN)
  let attempts = 0
  let linkedAs: PeerId | undefined

  const sealed = createSealedSignals(signal, options.signalKey, (from, body) => {
    links.get(from)?.signal(body)
  })

  function setState(peer: PeerId, state: LinkState | undefined): void {
    const next = new Map(states.read())
    if (state === undefined) next.delete(peer)
    else next.set(peer, state)
    states.set(next)
  }

  function link(self: PeerId, peer: PeerId): void {
    const offers = self < peer
    const created = createPeerLink({
      offers,
      page,
      nextAttempt: () => (attempts += 1),
      createWire: options.createWire,
      timers,
      random,
      slots: offers ? offering : answering,
      canSignal: () => signal.canSignal(peer),
      hasServer: () => signal.state.read().status === 'admitted',
      sendSignal(body) {
        sealed.send(peer, body)
      },
      onChange(state) {
        setState(peer, state)
      },
      onReachable(isReachable) {
        signal.reportLink(peer, isReachable)
      },
      onOpen(isOpen) {
        events.emit('peer', peer, isOpen ? 'open' : 'closed')
      },
      onBytes(lane, bytes, arrivedMs) {
        events.emit(lane, peer, bytes, arrivedMs)
      },
      onBroke(code) {
        cutOff(peer, code)
      },
      onUnanswered: signal.suspect,
    })
    links.set(peer, created)
  }

  function unlink(peer: PeerId): void {
    const old = links.get(peer)
    if (old === undefined) return
    links.delete(peer)
    old.close()
    here.delete(peer)
    setState(peer, undefined)
  }

  function cutOff(peer: PeerId, code: string): void {
    if (cut.has(peer)) return
    cut.add(peer)
    unlink(peer)
    options.onCutOff?.(peer, code)
  }

  /** Brings the links in line with the roster. */
  function follow(): void {
    const self = signal.self.read()
    const roster = signal.roster.read()
    for (const peer of links.keys()) {
      if (self !== linkedAs || !roster.has(peer)) unlink(peer)
    }
    linkedAs = self
    if (self === undefined) return
    for (const [peer, { presence }] of roster) {
      const wasHere = here.has(peer)
      if (presence === 'here') here.add(peer)
      else here.delete(peer)
      if (peer === self || cut.has(peer)) continue
      const old = links.get(peer)
      if (old === undefined) link(self, peer)
      else if (!wasHere && presence === 'here') old.revive()
    }
  }

  function reviveAll(): void {
    for (const each of links.values()) each.revive()
  }

  scope.own(signal.self.subscribe(follow))
  scope.own(signal.roster.subscribe(follow))
  scope.own(
    signal.state.subscribe(({ status }) => {
      if (status === 'admitted') reviveAll()
    }),
  )
  scope.own(options.wakes.onWake(reviveAll))
  // Said good-bye to, the others need not wait for a silence; a page that comes back after all is revived.
  scope.own(
    options.wakes.onHide(() => {
      for (const each of links.values()) each.suspend()
    }),
  )
  scope.own(() => {
    for (const peer of [...links.keys()]) unlink(peer)
  })
  scope.own(sealed.close)
  follow()

  const isOpen = (peer: PeerId): boolean => links.get(peer)?.isOpen() === true
  const peers = (): readonly PeerId[] => [...links.keys()].filter(isOpen)

  return {
    links: states,
    self: () => linkedAs && { peer: linkedAs, page },
    pageOf: (peer) => links.get(peer)?.remotePage(),
    // Nobody says whom it reaches yet.
    reachOf: () => undefined,
    peers,
    send(to, lane, bytes) {
      assertFits(lane, bytes)
      return links.get(to)?.send(lane, bytes) === true
    },
    broadcast(lane, bytes) {
      assertFits(lane, bytes)
      for (const peer of peers()) links.get(peer)?.send(lane, bytes)
    },
    onBytes: (lane: Lane, listener) => events.on(lane, listener),
    onPeer: (listener) => events.on('peer', listener),
    cutOff,
    linkStats(peer) {
      const rttMs = links.get(peer)?.rttMs()
      return rttMs === undefined ? {} : { rttMs }
    },
    rawConnection: (peer) => links.get(peer)?.connection(),
    close: scope.close,
  }
}
