import type { Lack, PeerId, Role } from '@beatcord/shared'
import type { PeerSync, SyncState } from '../jam/sync-state.ts'

/** How well somebody's browser is reached, by the last seconds. */
export interface LinkStats {
  /** There and back, whole milliseconds. */
  readonly rttMs?: number
  /** Share of what was sent once and never answered: 0 to 1, in whole percents. */
  readonly loss?: number
  /** Straight; over a relay that neither of us runs; through the signal server. */
  readonly route: 'direct' | 'turn' | 'server'
}

/** Someone in the room. */
export interface Person {
  /** Peer id; of oneself before the server first answered: 'me'. */
  readonly id: string
  readonly name: string
  /** Index into the palette of people's colours. */
  readonly colour: number
  readonly isMe: boolean
  readonly presence: 'here' | 'away'
  readonly role: Role
  /** How their browser reaches ours. */
  readonly link:
    | 'self'
    | 'direct'
    /** Through the signal server. */
    | 'relayed'
    | 'connecting'
    | 'unsteady'
    | 'unreachable'
    /** We broke off with them for breaking the rules, or they with us; not tried again. */
    | 'cut-off'
    | 'cut-off-by-them'
  /** Once measured. */
  readonly stats?: LinkStats
  /** How far their browser agrees with ours on the beat; of others who are here and linked. */
  readonly sync?: PeerSync
  /** False while their browser still waits for a tap before it sounds. */
  readonly hears: boolean
}

/** Where this tab stands with the room; each case with what its sentence needs. */
export type Connection =
  | { readonly status: 'joining' }
  | { readonly status: 'in-room' }
  /** The server is out of reach, or answers and has no place for us now; the jam plays on over the links that are open. */
  | {
      readonly status: 'server-away'
      readonly links: number
      readonly lack?: Lack
      /** This device has no network, as its browser knows; left out where it may have one. */
      readonly offline?: true
    }
  | { readonly status: 'room-full'; readonly cap: number }
  /** Someone else, or we in another tab, took this seat. */
  | { readonly status: 'replaced' }
  | { readonly status: 'idle'; readonly timeoutMs: number }
  | { readonly status: 'outdated' }
  /** We wait until a host lets us in. */
  | { readonly status: 'knocking' }
  /** Nobody comes in any more, or not this way. */
  | { readonly status: 'locked' | 'not-let-in' | 'removed' | 'moved' }

/** Whether this tab can be heard. */
export type SoundState =
  /** The browser wants a tap first. */
  | { readonly status: 'locked' }
  | { readonly status: 'running' }
  /** The system took the loudspeaker away (call, other app). */
  | { readonly status: 'interrupted' }
  /** No AudioWorklet here: the page is not on https, or the browser is too old. */
  | { readonly status: 'unsupported'; readonly insecure: boolean }
  | { readonly status: 'failed'; readonly reason: string }

/** A link that is not to be tried again. */
export interface CutOff {
  readonly peer: PeerId
  /** Who broke off. */
  readonly by: 'us' | 'them'
  /** Which rule was broken. */
  readonly code: string
}

/** What went wrong with somebody's link, and when. */
export interface Trouble {
  readonly kind:
    /** Nothing came for a while. */
    | 'silent'
    /** Neither a direct way nor one through the server. */
    | 'no-way'
    /** No direct way was found; the server passes on. */
    | 'no-direct-way'
    /** There was a direct way, and it was lost. */
    | 'lost-direct-way'
    | 'cut-off'
    | 'cut-off-by-them'
  /** Wall clock, milliseconds since 1970. */
  readonly atMs: number
  /** Of a cut: which rule was broken. */
  readonly code?: string
}

/** How one other person is linked. */
export interface PersonDiagnosis {
  readonly person: Person
  readonly trouble?: Trouble
  /** How often a direct way was tried, and why the last one ended. */
  readonly tries?: {
    readonly count: number
    readonly lastEnd?: 'timeout' | 'closed' | 'silent' | 'slow'
  }
}

/** All that one would ask somebody on the phone whose jam does not work; no names of rooms, addresses or keys. */
export interface Diagnosis {
  /** Wall clock, milliseconds since 1970. */
  readonly atMs: number
  readonly protocol: number
  readonly connection: Connection
  /** Since when the connection has been so; wall clock. */
  readonly sinceMs: number
  /** Whether the server passes on what finds no direct way. */
  readonly relays: boolean
  readonly hidesAddress: boolean
  readonly sound: SoundState
  /** How late this device sounds, ms: by its browser, where that tells; and how much more by whoever sits there. */
  readonly speaker: { readonly latencyMs?: number; readonly trimMs: number }
  readonly sync: SyncState
  /** Of the song as it would be sent to a newcomer, and how large it may get. */
  readonly song: { readonly bytes: number; readonly capBytes: number }
  readonly others: readonly PersonDiagnosis[]
}
