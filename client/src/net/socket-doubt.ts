import type { Timers } from './timers.ts'

/** A socket is doubted when the server was silent this long; twice as long after each doubt that changed nothing. */
const DOUBT_AFTER_MS = 8000
const MAX_DOUBT_AFTER_MS = 600_000

/** How much silence of the server makes its socket worth replacing, when peers do not answer through it. */
export interface SocketDoubt {
  /** The server said anything. */
  heard(): void
  /** Something of a peer came through the socket: that way works, and the next doubt is a first one. */
  proven(): void
  /** Whether the socket is to be replaced now; counts as a doubt when it is. */
  isDue(): boolean
}

export function createSocketDoubt(timers: Timers): SocketDoubt {
  let heardMs = -Infinity
  let afterMs = DOUBT_AFTER_MS

  function heard(): void {
    heardMs = timers.now()
  }

  return {
    heard,
    proven() {
      heard()
      afterMs = DOUBT_AFTER_MS
    },
    isDue() {
      if (timers.now() - heardMs < afterMs) return false
      afterMs = Math.min(2 * afterMs, MAX_DOUBT_AFTER_MS)
      return true
    },
  }
}
