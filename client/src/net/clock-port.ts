import type { Undo } from '../lib/scope.ts'
import { withSentMs } from './clock-stamp.ts'
import { trySend } from './try-send.ts'

/** A clock lane's data channel, whoever owns it: a thread of its own or the page's. */
export interface ClockPort {
  isOpen(): boolean
  /** Writes the moment of sending into the frame and sends it; false when the lane is not open. */
  send(frame: Uint8Array): boolean
  /** Bytes handed over and not yet sent, as far as it is known here. */
  bufferedBytes(): number
  /** Nothing is told after it. */
  close: Undo
}

export interface ClockPortEvents {
  readonly onOpen: () => void
  /**
   * @param frame undefined when it was text; of a frame that is too long as much as shows that.
   * @param arrivedMs on the page's monotonic clock, taken by the owner first thing
   */
  readonly onFrame: (frame: Uint8Array | undefined, arrivedMs: number) => void
  /** The owner is gone, and the channel with it. */
  readonly onLost: () => void
}

/** The page's own thread as the owner: for browsers whose data channels cannot go elsewhere. */
export function createClockPort(
  channel: RTCDataChannel,
  events: ClockPortEvents,
  now: () => number,
): ClockPort {
  let closed = false
  channel.binaryType = 'arraybuffer'
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const arrivedMs = now()
    if (closed) return
    events.onFrame(data instanceof ArrayBuffer ? new Uint8Array(data) : undefined, arrivedMs)
  })
  channel.addEventListener('open', () => {
    if (!closed) events.onOpen()
  })
  return {
    isOpen: () => channel.readyState === 'open',
    send(frame) {
      if (closed || channel.readyState !== 'open') return false
      return trySend(channel, withSentMs(frame, now()))
    },
    bufferedBytes: () => channel.bufferedAmount,
    close() {
      closed = true
    },
  }
}
