import type { PeerId } from '@beatcord/shared'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import type { Live } from '../lib/live.ts'
import { createScope } from '../lib/scope.ts'
import type { ControlMessage } from './control-message.ts'
import { createCutPeers } from './cut-peers.ts'
import { assertFits } from './lanes.ts'
import { createLinkMaker } from './link-maker.ts'
import type { LinkListeners, LinkMakerOptions } from './link-maker.ts'
import { createLinkStats } from './link-stats.ts'
import type { LinkStats } from './link-stats.ts'
import { createMemberTalk } from './member-talk.ts'
import type { Lane, LinkChange, LinkState, Mesh } from './mesh.ts'
import type { Wakes } from './page-wake.ts'
import type { PeerLink } from './peer-link-types.ts'
import type { PeerSignal } from './peer-signal.ts'
import type { SealingKeys } from './seal.ts'

export interface WebRtcMeshOptions extends Omit<LinkMakerOptions, 'talk'> {
  /** `RoomKeys.signalKey` */
  readonly signalKey: SealingKeys
  readonly wakes: Wakes
  /** Whether our address is hidden: every connection is made anew when it changes. */
  readonly relayOnly?: Live<boolean>
  /** A linked peer shows a certificate; anything may be in it. */
  readonly onCertificate?: (from: PeerId, certificate: string) => void
  /** A linked peer says that the room has this secret now; anything may be in it. */
  readonly onMoved?: (from: PeerId, secret: Uint8Array) => void
  /** A link was closed for good, because of a rule that one of the two broke. */
  readonly onCutOff?: (peer: PeerId, code: string, by: 'us' | 'them') => void
}

export interface WebRtcMesh extends Mesh {
  linkStats(peer: PeerId): LinkStats
  /** Tells a linked peer that the room has this secret now: 16 bytes. */
  tellMoved(peer: PeerId, secret: Uint8Array): void
  rawConnection(peer: PeerId): RTCPeerConnection | undefined
}

/** Links to everyone the signal server introduces, and to nobody else. */
export function createWebRtcMesh(options: WebRtcMeshOptions): WebRtcMesh {
  const { signal, timers } = options
  const scope = createScope()
  const events = createEvents<
    { peer: [PeerId, LinkChange] } & Record<Lane, [PeerId, Uint8Array, number]>
  >()
  const states = createLive<ReadonlyMap<PeerId, LinkState>>(new Map())
  const links = new Map<PeerId, PeerLink>()
  /** Told that they are cut off, and not closed yet. */
  const parting = new Set<PeerLink>()
  const cuts = createCutPeers()
  const here = new Set<PeerId>()
  const stats = createLinkStats(timers)
  let linkedAs: PeerId | undefined

  const isOpen = (peer: PeerId): boolean => links.get(peer)?.isOpen() === true
  const peers = (): readonly PeerId[] => [...links.keys()].filter(isOpen)

  const talk = createMemberTalk({
    signal,
    signalKey: options.signalKey,
    timers,
    peers,
    send: (to, message) => links.get(to)?.sendControl(message) === true,
    onSignal,
    onCertificate: (from, certificate) => options.onCertificate?.(from, certificate),
    onMoved: (from, secret) => options.onMoved?.(from, secret),
    onWay(peer) {
      links.get(peer)?.nudge()
    },
  })
  const createLink = createLinkMaker({ ...options, talk })

  function setState(peer: PeerId, state: LinkState | undefined): void {
    const next = new Map(states.read())
    if (state === undefined) next.delete(peer)
    else next.set(peer, state)
    states.set(next)
  }

  const listenersFor = (peer: PeerId): LinkListeners => ({
    onChange(state) {
      setState(peer, state)
    },
    onReachable(isReachable) {
      signal.reportLink(peer, isReachable)
    },
    onLink(change) {
      talk.onLink(peer, change)
      events.emit('peer', peer, change)
    },
    onBytes(lane, bytes, arrivedMs) {
      events.emit(lane, peer, bytes, arrivedMs)
    },
    onControl(message) {
      hear(peer, message)
    },
    onBroke(code) {
      cutOff(peer, code)
    },
  })

  function hear(from: PeerId, message: ControlMessage): void {
    if (message.kind === 'cut') heardCut(from, message.code, links.get(from)?.remotePage() ?? '')
    else talk.hear(from, message)
  }

  function heardCut(from: PeerId, code: string, page: string): void {
    if (cuts.has(from)) return
    cuts.byThem(from, page)
    unlink(from)
    options.onCutOff?.(from, code, 'them')
  }

  function onSignal(from: PeerId, body: PeerSignal): void {
    if (cuts.isForgiven(from, body.page)) follow()
    if (body.kind === 'cut') {
      heardCut(from, body.code, body.page)
      return
    }
    const code = cuts.answerTo(from, timers.now())
    if (code === undefined) links.get(from)?.signal(body)
    else talk.sendSignal(from, { kind: 'cut', page: signal.page, code })
  }

  /** Takes a peer out of sight. @returns its link, which is still to be closed */
  function takeOut(peer: PeerId): PeerLink | undefined {
    const old = links.get(peer)
    links.delete(peer)
    here.delete(peer)
    stats.forget(peer)
    return old
  }

  function unlink(peer: PeerId): void {
    takeOut(peer)?.close()
    setState(peer, undefined)
  }

  function cutOff(peer: PeerId, code: string): void {
    if (cuts.has(peer)) return
    cuts.byUs(peer, code)
    const old = takeOut(peer)
    if (old !== undefined) {
      parting.add(old)
      old.part(code, () => parting.delete(old))
    }
    setState(peer, undefined)
    options.onCutOff?.(peer, code, 'us')
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
      if (peer === self || cuts.has(peer)) continue
      const old = links.get(peer)
      if (old === undefined) links.set(peer, createLink(self, peer, listenersFor(peer)))
      else if (!wasHere && presence === 'here') old.revive()
    }
  }

  const onEachLink = (run: (link: PeerLink) => void) => (): void => {
    for (const each of links.values()) run(each)
  }
  const reviveAll = onEachLink((each) => {
    each.revive()
  })

  scope.own(signal.self.subscribe(follow))
  scope.own(signal.roster.subscribe(follow))
  scope.own(
    signal.state.subscribe(({ status }) => {
      if (status === 'admitted') reviveAll()
    }),
  )
  scope.own(
    signal.relay.subscribe((isThere) => {
      onEachLink((each) => {
        each.relayChanged(isThere)
      })()
    }),
  )
  scope.own(
    signal.onRelay((from, payload, arrivedMs) => {
      links.get(from)?.relayed(payload, arrivedMs)
    }),
  )
  scope.own(options.wakes.onWake(reviveAll))
  // Said good-bye to, the others need not wait for a silence; a page that comes back after all is revived.
  scope.own(
    options.wakes.onHide(
      onEachLink((each) => {
        each.suspend()
      }),
    ),
  )
  const renewAll = onEachLink((each) => {
    each.renew()
  })
  scope.own(options.relayOnly?.subscribe(renewAll) ?? (() => undefined))
  scope.own(talk.close)
  scope.own(() => {
    for (const each of parting) each.close()
    for (const peer of [...links.keys()]) unlink(peer)
  })
  follow()

  return {
    links: states,
    self: () => linkedAs && { peer: linkedAs, page: signal.page },
    pageOf: (peer) => links.get(peer)?.remotePage(),
    reachOf: talk.reachOf,
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
      const each = links.get(peer)
      return each === undefined ? NO_LINK : stats.read(peer, each.report(), each.connection())
    },
    tellMoved(peer, bytes) {
      links.get(peer)?.sendControl({ kind: 'moved', bytes })
    },
    rawConnection: (peer) => links.get(peer)?.connection(),
    close: scope.close,
  }
}

const NO_LINK: LinkStats = { route: 'none', attempts: 0, sentBytes: 0, receivedBytes: 0 }
