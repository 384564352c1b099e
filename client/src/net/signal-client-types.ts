import type {
  ClientMessage,
  GoneReason,
  IceServer,
  Lack,
  PeerId,
  RelayUrgency,
  Role,
  RoomId,
  RosterEntry,
  Rules,
  SeatClaims,
} from '@beatcord/shared'
import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { Wakes } from './page-wake.ts'
import type { SeatStore } from './seat-store.ts'
import type { WebSocketClass } from './signal-socket.ts'
import type { Timers } from './timers.ts'

/** How we stand with the signal server. Those from `full` on are verdicts: no further attempt until `rejoin`. */
export type SignalState =
  | { readonly status: 'connecting' }
  | { readonly status: 'admitted' }
  /** @property lack  why a server that answers has no place for us now */
  | { readonly status: 'away'; readonly retryAtMs: number; readonly lack?: Lack }
  /** We wait outside until a host lets us in. */
  | { readonly status: 'knocking' }
  | { readonly status: 'full'; readonly cap: number }
  | { readonly status: 'replaced' }
  | { readonly status: 'idle' }
  | { readonly status: 'outdated' }
  | { readonly status: 'locked' }
  | { readonly status: 'not-let-in' }
  | { readonly status: 'removed' }
  | { readonly status: 'moved' }

/** What a host may ask of the server. */
export type HostWord = Extract<
  ClientMessage,
  { type: 'set-rules' | 'set-role' | 'answer-knock' | 'remove' }
>

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
  /** What we are here, by the server's last word or a newer certificate. */
  readonly role: Live<Role>
  readonly rules: Live<Rules>
  /** What the server signed of our seat; undefined before it has. */
  readonly certificate: Live<string | undefined>
  /** Those who wait outside, and their sealed profiles; only hosts are told. */
  readonly knocks: Live<ReadonlyMap<PeerId, string>>
  /** The room by its newest name, by the server's word; undefined before that. */
  readonly room: Live<RoomId | undefined>
  /** Whether this peer was in the room already when we came. */
  cameBefore(peer: PeerId): boolean
  /** Somebody's new certificate, for those whom the server does not reach. */
  onCertificate(listener: (certificate: string) => void): Undo
  /** What a good certificate says that came by a link: it counts where the server's own word is missing. */
  hearClaims(claims: SeatClaims): void
  /** What only a host may ask for. @returns false while the server is away */
  ask(word: HostWord): boolean
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

export interface SignalClientOptions {
  /** `ws:` or `wss:`. */
  readonly url: string
  /** base64url of 32 bytes: `RoomKeys.authKey`, which changes when the room moves. */
  readonly authKey: () => string
  readonly sealed: string
  readonly seatStore: SeatStore
  readonly timers: Timers
  readonly wakes: Wakes
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  readonly WebSocket: WebSocketClass
}
