import type { Undo } from '../lib/scope.ts'
import type { ControlMessage } from './control-message.ts'
import type { DirectPathOptions, DirectReport } from './direct-path.ts'
import type { Lane, LinkChange, LinkState } from './mesh.ts'
import type { Traffic } from './meter.ts'
import type { PeerSignal } from './peer-signal.ts'
import type { RelayEvents, RelayPath } from './relay-path.ts'

export interface PeerLinkOptions extends Omit<
  DirectPathOptions,
  'meter' | 'isRelayed' | 'onOpen' | 'onSteady' | 'onHeard' | 'onTrying'
> {
  /** People in the room besides us. */
  readonly others: () => number
  readonly createRelay: (events: RelayEvents) => RelayPath
  readonly onChange: (state: LinkState) => void
  readonly onLink: (change: LinkChange) => void
  /** Whether the peer is there, as far as this link can tell. */
  readonly onReachable: (isReachable: boolean) => void
}

export interface LinkReport extends Traffic, DirectReport {
  readonly route: 'direct' | 'server' | 'none'
  /** Milliseconds there and back. */
  readonly rttMs?: number
}

/** The link to one peer for as long as both sit in the room: a straight way, and one through the server beside it. */
export interface PeerLink {
  isOpen(): boolean
  send(lane: Lane, bytes: Uint8Array): boolean
  sendControl(message: ControlMessage): boolean
  /** A signal from that peer. */
  signal(signal: PeerSignal): void
  /** A payload of that peer that the server passed on. */
  relayed(payload: Uint8Array, arrivedMs: number): void
  /** The server passes bytes on from now on, or does not any more. */
  relayChanged(isThere: boolean): void
  /** The peer or the way to it has come back: tries now, or asks an open connection whether it still holds. */
  revive(): void
  /** A signal would reach the peer again: tries, unless that goes on anyway. */
  nudge(): void
  /** Makes the connection anew. */
  renew(): void
  /** Ends the connection and waits to be revived: the page is put away. */
  suspend(): void
  /** The page at the other end of an open link. */
  remotePage(): string | undefined
  report(): LinkReport
  connection(): RTCPeerConnection | undefined
  /** Tells the peer that it is cut off and why, then closes; is deaf from now on. */
  part(code: string, parted: () => void): void
  close: Undo
}
