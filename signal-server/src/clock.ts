/** Ends what a call began. Calling it again does nothing. */
export type Undo = () => void

/** Time as the server sees it; handed in, so that tests own it. */
export interface Clock {
  /** Milliseconds from an arbitrary origin; never goes back. */
  nowMs(): number
  /** Milliseconds since 1970, which may jump. */
  wallMs(): number
  /** Runs `run` once after `delayMs`, unless undone before. */
  after(delayMs: number, run: () => void): Undo
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => {
      clearTimeout(timer)
    }
  },
}
