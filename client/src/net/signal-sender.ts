import { MAX_SIGNAL_CHARS } from '@beatcord/shared'
import type { ClientMessage, PeerId } from '@beatcord/shared'
import type { SignalSocket } from './signal-socket.ts'
import type { Timers } from './timers.ts'

/** As many as a few attempts at once have to say in the time that it takes to change sockets. */
const MAX_KEPT = 256
/** An attempt older than this is made anew at the welcome: `CROSSING_MS` in `direct-path.ts`. */
const KEPT_FOR_MS = 1000

/** Says signals to the server; those said while none listens wait for a welcome that comes in a moment. */
export interface SignalSender {
  /** @returns false when it did not leave: it is too long, or it is kept for the welcome */
  send(to: PeerId, data: string): boolean
  /** To be called at the welcome: says what was kept, in its order, but for what is older than a second. */
  sendKept(): void
}

/** @param seated  the socket that has been welcomed, if there is one */
export function createSignalSender(
  timers: Timers,
  seated: () => SignalSocket | undefined,
): SignalSender {
  const kept: { readonly message: ClientMessage; readonly atMs: number }[] = []

  return {
    send(to, data) {
      if (data.length > MAX_SIGNAL_CHARS) return false
      const message: ClientMessage = { type: 'signal', to, data }
      if (seated()?.send(message) === true) return true
      kept.push({ message, atMs: timers.now() })
      if (kept.length > MAX_KEPT) kept.shift()
      return false
    },
    sendKept() {
      const fromMs = timers.now() - KEPT_FOR_MS
      for (const { message, atMs } of kept.splice(0)) if (atMs > fromMs) seated()?.send(message)
    },
  }
}
