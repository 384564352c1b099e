/** Milliseconds since 1970 by the machine's one clock: the same on every page of it. */
export interface ClockSample {
  readonly atMs: number
  /** The shared time that the page believes in at that moment. */
  readonly sharedMs: number
}

/** What the bench calls in a page. */
export interface ClockPage {
  /** Resolves when one direct link is open and the clock is in time. */
  join(room: string): Promise<void>
  /** Blocks the page's main thread for so many of each 16 ms from now on. */
  blockFor(ms: number): void
  /** The shared time ten times a second, for so long. */
  sample(seconds: number): Promise<readonly ClockSample[]>
  /** Opens the bench's own channel; both pages must. */
  openRaw(): Promise<void>
  /** Errors of one NTP sample of the other page's clock a second, which ought to show the same; ms. */
  ntpErrors(seconds: number): Promise<readonly number[]>
}

declare global {
  interface Window {
    clockPage?: ClockPage
  }
}
