import type { PeerId } from '@beatcord/shared'
import type { MemberTalk } from './member-talk.ts'
import { createPeerLink } from './peer-link.ts'
import type { PeerLink, PeerLinkOptions } from './peer-link-types.ts'
import { createRelayPath } from './relay-path.ts'
import type { RelayEvents, RelayPath } from './relay-path.ts'
import type { SignalClient } from './signal-client-types.ts'
import { createSlots } from './slots.ts'
import type { Timers } from './timers.ts'
import type { CreateWire } from './wire.ts'
import type { SealingKeys } from './seal.ts'

/** Connections under way at once, of those we offer and again of those we answer. */
const MAX_HALF_OPEN = 8

export interface LinkMakerOptions {
  readonly signal: SignalClient
  readonly talk: MemberTalk
  /** `RoomKeys.relayKey` */
  readonly relayKey: SealingKeys
  readonly createWire: CreateWire
  readonly timers: Timers
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
}

/** What a link tells of its peer. */
export type LinkListeners = Pick<
  PeerLinkOptions,
  'onChange' | 'onReachable' | 'onLink' | 'onBytes' | 'onControl' | 'onBroke'
>

/** @returns makes the links of one page; the lower peer id of two offers */
export function createLinkMaker(
  options: LinkMakerOptions,
): (self: PeerId, peer: PeerId, listeners: LinkListeners) => PeerLink {
  const { signal, talk, timers } = options
  const { page } = signal
  const offering = createSlots(MAX_HALF_OPEN)
  const answering = createSlots(MAX_HALF_OPEN)
  let attempts = 0

  const relayTo =
    (self: PeerId, peer: PeerId) =>
    (events: RelayEvents): RelayPath =>
      createRelayPath({
        ...events,
        timers,
        self,
        peer,
        page,
        key: options.relayKey,
        pipe: {
          send: (urgency, payload) => signal.sendRelay(peer, urgency, payload),
          bufferedBytes: (urgency) => signal.relayBufferedBytes(peer, urgency),
        },
        canRelay: signal.relay.read,
        admitsPage: (from) => talk.admitsPage(peer, from),
      })

  return (self, peer, listeners) => {
    const offers = self < peer
    return createPeerLink({
      ...listeners,
      offers,
      page,
      nextAttempt: () => (attempts += 1),
      others: () => signal.roster.read().size - 1,
      createWire: options.createWire,
      createRelay: relayTo(self, peer),
      timers,
      random: options.random,
      slots: offers ? offering : answering,
      canSignal: () => talk.canSignal(peer),
      hasServer: () => signal.state.read().status === 'admitted' || talk.isVouchedFor(peer),
      sendSignal(body) {
        talk.sendSignal(peer, body)
      },
      onUnanswered: signal.suspect,
    })
  }
}
