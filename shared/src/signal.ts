import type { PeerId } from './ids.ts'

/** Raised when either side would no longer understand the other. */
export const PROTOCOL_VERSION = 1

/** Someone who holds a seat in the room, as the server tells it. */
export interface RosterEntry {
  readonly peerId: PeerId
  readonly presence: 'here' | 'away'
  /** Name and colour, encrypted with a key the server does not have; base64url. */
  readonly sealed: string
}

export interface IceServer {
  readonly urls: string | readonly string[]
  readonly username?: string
  readonly credential?: string
}

/** A tab's claim to the seat it had: the id and the server's own HMAC over room and id. */
export interface SeatClaim {
  readonly peerId: PeerId
  /** base64url, 32 bytes. */
  readonly proof: string
}

/** What a peer tells the signal server. */
export type ClientMessage =
  | {
      readonly type: 'hello'
      readonly version: number
      /** base64url of 32 bytes; the server hashes it into the room id and forgets it. */
      readonly authKey: string
      readonly seat?: SeatClaim
      readonly sealed: string
    }
  | { readonly type: 'profile'; readonly sealed: string }
  /** Sent at most every few seconds: someone touched the page, or the jam is audible here. */
  | { readonly type: 'active'; readonly by: 'input' | 'playback' }
  /** `data` is opaque to the server. */
  | { readonly type: 'signal'; readonly to: PeerId; readonly data: string }
  | { readonly type: 'leave' }

export type RefusalCode =
  | 'bad-json'
  | 'bad-message'
  | 'unknown-type'
  | 'not-admitted'
  | 'already-admitted'
  | 'no-such-peer'
  | 'too-fast'
  | 'room-full'
  | 'version'

export type GoneReason = 'left' | 'timeout' | 'idle'

/** What the signal server tells a peer. */
export type ServerMessage =
  | {
      readonly type: 'welcome'
      readonly version: number
      readonly seat: SeatClaim
      /** Everyone else in the room. */
      readonly roster: readonly RosterEntry[]
      readonly iceServers: readonly IceServer[]
      readonly inactivityTimeoutMs: number
      /** Changes when the server process does. */
      readonly serverId: string
    }
  | { readonly type: 'peer-joined'; readonly peer: RosterEntry }
  /** Presence or profile changed. */
  | { readonly type: 'peer-changed'; readonly peer: RosterEntry }
  | { readonly type: 'peer-gone'; readonly peerId: PeerId; readonly reason: GoneReason }
  | { readonly type: 'signal'; readonly from: PeerId; readonly data: string }
  | { readonly type: 'refused'; readonly code: RefusalCode; readonly detail: string; readonly roomCap?: number }
