import type { PeerId } from '@beatcord/shared'
import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'

/**
 * What bytes need of the way they go: `doc` arrives (in any order, of any size up to the cap); `live` arrives at once
 * or not at all; `clock` carries nothing but pings, so that nothing queues before them.
 */
export type Lane = 'doc' | 'live' | 'clock'

/** How the link to one peer is. */
export type LinkState =
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  | { readonly status: 'unsteady' }
  | { readonly status: 'unreachable'; readonly retryAtMs: number }

/** All links of one tab to the other peers of its room. Never looks inside the bytes. */
export interface Mesh {
  /** Every peer we want a link to, and how it stands. */
  readonly links: Live<ReadonlyMap<PeerId, LinkState>>
  /** Peers with an open link. */
  peers(): readonly PeerId[]
  /** Queues the bytes; false when there is no open link to that peer, or the live or clock lane is congested. */
  send(to: PeerId, lane: Lane, bytes: Uint8Array): boolean
  /** Sends to every peer with an open link. */
  broadcast(lane: Lane, bytes: Uint8Array): void
  /** @param listener gets the monotonic time of arrival in ms, taken first thing. */
  onBytes(lane: Lane, listener: (from: PeerId, bytes: Uint8Array, arrivedMs: number) => void): Undo
  onPeer(listener: (peer: PeerId, change: 'open' | 'closed') => void): Undo
  /** Closes the link to a peer that broke a rule; it is not tried again. */
  cutOff(peer: PeerId, code: string): void
  close: Undo
}
