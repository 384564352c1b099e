import type { PeerId } from '@beatcord/shared'
import type { Undo } from '../lib/scope.ts'
import type { ControlMessage } from './control-message.ts'
import { createIntroductions } from './introductions.ts'
import type { LinkChange } from './mesh.ts'
import type { PeerSignal } from './peer-signal.ts'
import { createReach } from './reach.ts'
import { createReplayGuard } from './replay-guard.ts'
import { createSealedSignals } from './sealed-signals.ts'
import type { SignalClient } from './signal-client-types.ts'
import type { Timers } from './timers.ts'
import type { SealingKeys } from './seal.ts'

export interface MemberTalkOptions {
  readonly signal: SignalClient
  /** `RoomKeys.signalKey` */
  readonly signalKey: SealingKeys
  readonly timers: Timers
  /** Whom we have open links to. */
  readonly peers: () => readonly PeerId[]
  /** False when so much waits for that peer that it takes no more. */
  readonly send: (to: PeerId, message: ControlMessage) => boolean
  readonly onSignal: (from: PeerId, signal: PeerSignal) => void
  /** What a linked peer shows of itself, or of somebody whose role has changed; anything may be in it. */
  readonly onCertificate: (from: PeerId, certificate: string) => void
  /** The same of a secret that the room is said to have now. */
  readonly onMoved: (from: PeerId, secret: Uint8Array) => void
  /** A signal to that peer would get through now, by a member if not by the server. */
  readonly onWay: (peer: PeerId) => void
}

/** What the links of a room say among themselves: whom they reach, and the signals they pass on for each other. */
export interface MemberTalk {
  readonly canSignal: (to: PeerId) => boolean
  /** Whether a linked peer says that this one is there, so that the server's word is not needed. */
  readonly isVouchedFor: (peer: PeerId) => boolean
  readonly sendSignal: (to: PeerId, signal: PeerSignal) => void
  /** Whether a page is not older than the newest we know of that peer. */
  readonly admitsPage: (peer: PeerId, page: string) => boolean
  readonly reachOf: (peer: PeerId) => ReadonlySet<PeerId> | undefined
  onLink(peer: PeerId, change: LinkChange): void
  hear(from: PeerId, message: Exclude<ControlMessage, { kind: 'cut' }>): void
  close: Undo
}

export function createMemberTalk(options: MemberTalkOptions): MemberTalk {
  const { signal, timers, peers, send } = options
  const guard = createReplayGuard()
  const reach = createReach({ timers, peers, send })
  const introductions = createIntroductions({
    timers,
    self: signal.self.read,
    isLinked: (peer) => peers().includes(peer),
    reaching: reach.reaching,
    send,
    onSignal(from, text) {
      sealed.hear(from, text)
    },
  })
  const sealed = createSealedSignals({
    signal,
    key: options.signalKey,
    guard,
    introductions,
    onSignal: options.onSignal,
  })

  const show = (certificate: string | undefined): void => {
    if (certificate === undefined) return
    for (const peer of peers()) send(peer, { kind: 'certificate', certificate })
  }
  const undoOwn = signal.certificate.subscribe(show)
  const undoOthers = signal.onCertificate(show)

  return {
    canSignal: sealed.canSend,
    isVouchedFor: introductions.canPass,
    sendSignal: sealed.send,
    admitsPage: guard.admitsPage,
    reachOf: reach.of,
    onLink(peer, change) {
      reach.onLink(peer, change)
      if (change === 'closed') return
      introductions.onLink(peer)
      const certificate = signal.certificate.read()
      if (certificate !== undefined) send(peer, { kind: 'certificate', certificate })
    },
    hear(from, message) {
      if (message.kind === 'certificate') {
        options.onCertificate(from, message.certificate)
        return
      }
      if (message.kind === 'moved') {
        options.onMoved(from, message.bytes)
        return
      }
      if (message.kind !== 'reach') {
        introductions.hear(from, message)
        return
      }
      reach.hear(from, message.peers)
      for (const peer of message.peers) if (introductions.canPass(peer)) options.onWay(peer)
    },
    close() {
      undoOwn()
      undoOthers()
      reach.close()
      sealed.close()
    },
  }
}
