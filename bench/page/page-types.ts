/** One edit, raw message or live frame as it left; `key` pairs it with its arrival. */
export interface Sent {
  readonly kind: 'edit' | 'raw' | 'live'
  readonly key: string
  /** `performance.now()` of the sending page. */
  readonly atMs: number
}

/** The same as it took effect at the other page, on that page's clock. */
export type Heard = Sent

/** What the bench calls in its pages. */
export interface BenchPage {
  /** Resolves when the other page is linked and the raw channel is open. */
  join(): Promise<void>
  /** Sends edits and raw messages by turns, so many of each. */
  drive(rounds: number): Promise<readonly Sent[]>
  heard(): readonly Heard[]
  /** The other page's `performance.now()` minus this one's, by the fastest of many round trips on the raw channel. */
  offsetMs(): Promise<number>
}

declare global {
  interface Window {
    benchPage?: BenchPage
  }
}
