import type {
  GoneReason,
  IceServer,
  Lack,
  PeerId,
  RelayUrgency,
  RosterEntry,
} from '@beatcord/shared'
import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'

/** How we stand with the signal server. The last four are verdicts: no further attempt until `rejoin`. */
export type SignalState =
  | { readonly status: 'connecting' }
  | { readonly status: 'admitted' }
  /** @property lack  why a server that answers has no place for us now */
  | { readonly status: 'away'; readonly retryAtMs: number; readonly lack?: Lack }
  | { readonly status: 'full'; readonly cap: number }
  | { readonly status: 'replaced' }
  | { readonly status: 'idle' }
  | { readonly status: 'outdated' }

/** The socket to the signal server: seats us, tells who is here, carries signals; reconnects. */
export interface SignalClient {
  readonly state: Live<SignalState>
  /** Our peer id; stays while the seat lasts, also while the server is away. */
  readonly self: Live<PeerId | undefined>
  /** Names this page among all the pages of its seat; those of later pages compare greater. */
  readonly page: string
  readonly iceServers: Live<readonly IceServer[]>
  /** Everyone else, by the server's last word and our own links: `roster.ts`. */
  readonly roster: Live<ReadonlyMap<PeerId, RosterEntry>>
  readonly inactivityTimeoutMs: Live<number>
  /** Whether the server passes bytes on between peers; false while it is away. */
  readonly relay: Live<boolean>
  /** Whether a signal would reach that peer now, by the server's word. */
  canSignal(to: PeerId): boolean
  /** False when it did not leave; while no server listens it waits for a welcome that comes within a second. */
  sendSignal(to: PeerId, data: string): boolean
  onSignal(listener: (from: PeerId, data: string) => void): Undo
  /** @returns false while the server is away or passes no bytes on */
  sendRelay(to: PeerId, urgency: RelayUrgency, payload: Uint8Array): boolean
  /** Payload bytes for that peer that are on their way here or at the server; of `drop`, only those here. */
  relayBufferedBytes(to: PeerId, urgency: RelayUrgency): number
  /** @param listener gets the monotonic time of arrival in ms, taken first thing */
  onRelay(listener: (from: PeerId, payload: Uint8Array, arrivedMs: number) => void): Undo
  /** Someone's seat is given up: their link is to be closed. */
  onGone(listener: (peer: PeerId, reason: GoneReason) => void): Undo
  /** The mesh's word on a link, which stands in for the server's while it is away. */
  reportLink(peer: PeerId, open: boolean): void
  /** The mesh's doubt: nothing came back through the server for too long. Opens a fresh socket to the same seat. */
  readonly suspect: () => void
  setSealed(sealed: string): void
  reportActive(by: 'input' | 'playback'): void
  rejoin(): void
  /** Gives the seat up at once and closes. */
  leave(): void
  close: Undo
}
