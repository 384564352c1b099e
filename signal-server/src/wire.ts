import type { RawData, WebSocket } from 'ws'
import { CLOSE_CODES, type CloseMeaning, type ServerMessage } from '@beatcord/shared'
import type { Clock, Undo } from './clock.ts'
import { createReceipts } from './receipts.ts'
import type { SocketLimits } from './socket-limits.ts'

/** With more relayed bytes unread a reader is behind and gets none: two seconds at half a megabit, and then all is old. */
const MAX_UNREAD_BYTES = 131_072
/** So it is with more than this in our own memory, whatever it says to have read: far below the cut-off. */
const MAX_WAITING_BYTES = 65_536
/** How long the other side may take to answer a close. */
export const CLOSE_GRACE_MS = 2_000

/** Who is closed so is read no further: what a flood still sends costs us nothing, and it waits for the end of the grace. */
const RUDE: ReadonlySet<CloseMeaning> = new Set(['refused', 'too-fast'])

/** The sending half of one socket. */
export interface Wire {
  readonly tell: (message: ServerMessage) => void
  /** Hands on a relayed frame; false, with nothing sent, when the reader is behind. A closed wire swallows it. */
  readonly pass: (frame: Uint8Array) => boolean
  /** Runs once, when a reader that was behind has caught up or is lost. */
  readonly onceFree: (run: () => void) => Undo
  readonly ping: () => void
  /** Says why and closes; nothing is told after it. */
  readonly close: (meaning: CloseMeaning, reason?: string) => void
  /** Cuts the socket without a word. */
  readonly cut: () => void
}

/**
 * @param limits  A reader who takes nothing while relayed frames wait for it may do so as long as silence may last.
 * @param onUnasked  called with each pong that answers no ping of ours
 */
export function createWire(
  socket: WebSocket,
  clock: Clock,
  { maxUnreadBytes, silenceMs }: Pick<SocketLimits, 'maxUnreadBytes' | 'silenceMs'>,
  onUnasked: (pong: Buffer) => void,
): Wire {
  let waiting: Set<() => void> | undefined
  let endStall: Undo | undefined
  let unansweredPings = 0

  const receipts = createReceipts(sendPing)

  function sendPing(payload?: Buffer): void {
    unansweredPings += 1
    socket.ping(payload)
  }

  const isOpen = (): boolean => socket.readyState === socket.OPEN

  const isBehind = (): boolean =>
    socket.bufferedAmount > MAX_WAITING_BYTES || receipts.unreadBytes() > MAX_UNREAD_BYTES

  function close(meaning: CloseMeaning, reason: string = meaning): void {
    if (!isOpen()) return
    socket.close(CLOSE_CODES[meaning], reason)
    if (RUDE.has(meaning)) socket.pause()
    const endGrace = clock.after(CLOSE_GRACE_MS, () => {
      socket.terminate()
    })
    socket.once('close', endGrace)
  }

  function watchStall(): void {
    endStall ??= clock.after(silenceMs, () => {
      endStall = undefined
      if (waiting !== undefined) close('too-slow')
    })
  }

  /** Some of what was sent was read, or is on its way. */
  function progress(): void {
    endStall?.()
    endStall = undefined
    if (waiting === undefined) return
    if (isOpen() && isBehind()) {
      watchStall()
      return
    }
    const runs = [...waiting]
    waiting = undefined
    for (const run of runs) run()
  }

  socket.on('pong', (payload) => {
    if (unansweredPings > 0) unansweredPings -= 1
    else onUnasked(payload)
    if (receipts.answered(payload)) progress()
  })
  socket.once('close', progress)

  return {
    tell(message) {
      if (!isOpen()) return
      socket.send(JSON.stringify(message), progress)
      if (socket.bufferedAmount > maxUnreadBytes) close('too-slow')
    },
    pass(frame) {
      if (!isOpen()) return true
      if (isBehind()) return false
      socket.send(frame, progress)
      receipts.sent(frame.length)
      return true
    },
    onceFree(run) {
      waiting ??= new Set()
      waiting.add(run)
      watchStall()
      return () => {
        waiting?.delete(run)
        if (waiting?.size === 0) waiting = undefined
      }
    },
    ping() {
      if (isOpen()) sendPing()
    },
    close,
    cut() {
      socket.terminate()
    },
  }
}

/** What a socket hands over, as one piece. */
export function toBytes(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? Buffer.from(data) : data
}
