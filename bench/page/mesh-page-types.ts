import type { Filled } from './bench-peer.ts'
import type { Heard, Sent } from './page-types.ts'
import type { Tally } from './wire-tap.ts'

export interface Join {
  readonly room: string
  readonly signalUrl: string
  /** When to begin, in ms since 1970, so that all pages begin at once. */
  readonly atMs: number
  /** How many direct links make this page's mesh complete. */
  readonly others: number
  readonly limitMs: number
}

export interface Drive {
  readonly rounds: number
  /** Shortest pause between two sendings; up to as much again is added at random, so that no timer's beat is met. */
  readonly pauseMs: number
  /** Whether as many bytes are sent raw after each edit, to the same peers. */
  readonly raw: boolean
}

export interface Loss {
  /** When all connections are closed, in ms since 1970. */
  readonly atMs: number
  /** What this page writes 20 ms later. */
  readonly cell: number
  /** What has to be here in the end. */
  readonly cells: readonly number[]
  readonly withinMs: number
}

export interface Arrival {
  /** Notes and lines of chat that make the song whole. */
  readonly entries: number
  readonly limitMs: number
}

/** Moments of this page's `performance.now()`. */
export interface Arrived {
  readonly linkedMs: number
  /** When the last of the song's bytes came in; null when they did not in time. */
  readonly lastByteMs: number | null
  /** Null when the song was not whole in time. */
  readonly wholeMs: number | null
}

/** What the bench calls in its pages. */
export interface MeshPage {
  /** Resolves with the moment (ms since 1970) when so many links were open; null when it took too long. */
  join(options: Join): Promise<number | null>
  self(): string
  linkCount(): number
  tally(): Tally
  /** Opens a channel of the bench's own on each connection; every page has to. */
  openRaw(): Promise<void>
  /** Each peer's `performance.now()` minus this page's, by the fastest of many round trips. */
  offsetsMs(): Promise<Readonly<Record<string, number>>>
  drive(options: Drive): Promise<readonly Sent[]>
  heard(): readonly Heard[]
  /** Resolves with the ms from the loss until every edit was here; null when it took too long. */
  loseLinks(options: Loss): Promise<number | null>
  fill(bytes: number): Filled
  /** Joined before with `others: 1`. */
  arrival(options: Arrival): Promise<Arrived>
  /** Sends a live frame at that pace from the first link on, until `stopLive`. */
  startLive(everyMs: number): void
  stopLive(): readonly Sent[]
}

declare global {
  interface Window {
    meshPage?: MeshPage
    /** Leads a remote candidate over a path of the bench's own; null when there is none for it. */
    benchPath?: (candidate: string) => Promise<string | null>
  }
}
