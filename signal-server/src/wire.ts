import type { WebSocket } from 'ws'
import { CLOSE_CODES, type CloseMeaning, type ServerMessage } from '@beatcord/shared'
import type { Clock } from './clock.ts'

/** More than this waiting to be read, in bytes, and the reader is cut off. */
const MAX_BUFFERED_BYTES = 1_000_000
/** How long the other side may take to answer a close. */
const CLOSE_GRACE_MS = 2_000

/** The sending half of one socket. */
export interface Wire {
  readonly tell: (message: ServerMessage) => void
  readonly ping: () => void
  /** Says why and closes; nothing is told after it. */
  readonly close: (meaning: CloseMeaning, reason?: string) => void
  /** Cuts the socket without a word. */
  readonly cut: () => void
}

export function createWire(socket: WebSocket, clock: Clock): Wire {
  const isOpen = (): boolean => socket.readyState === socket.OPEN

  function close(meaning: CloseMeaning, reason: string = meaning): void {
    if (!isOpen()) return
    socket.close(CLOSE_CODES[meaning], reason)
    const endGrace = clock.after(CLOSE_GRACE_MS, () => {
      socket.terminate()
    })
    socket.once('close', endGrace)
  }

  return {
    tell(message) {
      if (!isOpen()) return
      socket.send(JSON.stringify(message))
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) close('too-slow')
    },
    ping() {
      if (isOpen()) socket.ping()
    },
    close,
    cut() {
      socket.terminate()
    },
  }
}
