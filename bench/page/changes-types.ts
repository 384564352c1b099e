export type ChangeKind = 'play' | 'tempo' | 'stop'

/** A change of the transport as one page came to know it. Milliseconds are since 1970, by the machine's one clock. */
export interface KnownChange {
  /** The same on every page. */
  readonly key: string
  readonly isOwn: boolean
  /** Undefined when it holds at once, or for something else. */
  readonly kind: ChangeKind | undefined
  readonly knownMs: number
  /** When the change is agreed to be heard, by this page's belief of the shared time. */
  readonly agreedMs: number
  /** From this page's worklet to its loudspeaker. */
  readonly latencyMs: number
}

/** What the bench calls in a page. */
export interface ChangesPage {
  /** Resolves when so many direct links are open and the clock is in time. */
  join(room: string, others: number): Promise<void>
  /** Makes a change and waits until it has come. @returns its key */
  change(kind: ChangeKind, bpm: number): Promise<string>
  /** Resolves when the change is known here. */
  hears(key: string): Promise<void>
  known(): readonly KnownChange[]
}

declare global {
  interface Window {
    changesPage?: ChangesPage
  }
}
