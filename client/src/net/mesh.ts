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
  /** Bytes go through the signal server, sealed, while a direct way is still looked for. */
  | { readonly status: 'relayed' }
  | { readonly status: 'unsteady' }
  | { readonly status: 'unreachable'; readonly retryAtMs: number }

/** What becomes of a link: `moved` says that it goes another way from now on, and that what was under way may be lost. */
export type LinkChange = 'open' | 'moved' | 'closed'

/** One page on one seat: a reload keeps the peer and changes the page. */
export interface Member {
  readonly peer: PeerId
  readonly page: string
}

/** All links of one tab to the other peers of its room. Never looks inside the bytes. */
export interface Mesh {
  /** Every peer we want a link to, and how it stands. */
  readonly links: Live<ReadonlyMap<PeerId, LinkState>>
  /** Who we are to the others; undefined before we have a seat. All links are made anew when it changes. */
  self(): Member | undefined
  /** The page at the other end of an open link. */
  pageOf(peer: PeerId): string | undefined
  /** Whom a linked peer says that it has open links to; undefined before it has said. */
  reachOf(peer: PeerId): ReadonlySet<PeerId> | undefined
  /** Peers with an open link, straight or through the server. */
  peers(): readonly PeerId[]
  /**
   * Queues the bytes; into bytes 1 to 8 of what goes on the clock lane (if it has them) the lane writes when it is sent,
   * a big-endian double of our monotonic ms. False when there is no open link to that peer, or the live or clock
   * lane is congested.
   */
  send(to: PeerId, lane: Lane, bytes: Uint8Array): boolean
  /** Sends to every peer with an open link. */
  broadcast(lane: Lane, bytes: Uint8Array): void
  /** @param listener gets the monotonic time of arrival in ms, taken first thing. */
  onBytes(lane: Lane, listener: (from: PeerId, bytes: Uint8Array, arrivedMs: number) => void): Undo
  onPeer(listener: (peer: PeerId, change: LinkChange) => void): Undo
  /** Closes the link to a peer that broke a rule; it is not tried again. */
  cutOff(peer: PeerId, code: string): void
  close: Undo
}
