import { createBucket } from './bucket.ts'
import { withSentMs } from './clock-stamp.ts'
import type { FromClockThread, ToClockThread } from './clock-thread-messages.ts'
import { CLOCK_HIGH_WATER_BYTES, MAX_LANE_BYTES } from './lanes.ts'
import { trySend } from './try-send.ts'

/** More than the page's meter lets pass: whoever exceeds this has exceeded that before and is cut off. */
const FRAMES = { burst: 1200, perSecond: 200 }
/** As much of a frame that is too long as shows that it is. */
const SHOWN_BYTES = MAX_LANE_BYTES.clock + 1

export interface ClockPorterOptions {
  readonly post: (message: FromClockThread) => void
  /** The thread's own monotonic milliseconds, and when they began, ms since 1970. */
  readonly now: () => number
  readonly originMs: number
}

/**
 * Carries frames between the page and the channels that it owns, and stamps them: what leaves, last thing; what
 * arrives, first thing. Never looks at what they say.
 *
 * @returns hears the page
 */
export function createClockPorter(options: ClockPorterOptions): (message: ToClockThread) => void {
  const { post, now } = options
  const channels = new Map<number, RTCDataChannel>()
  let offsetMs = 0
  const pageMs = (): number => now() + offsetMs

  function take(id: number, channel: RTCDataChannel): void {
    const bucket = createBucket(FRAMES)
    channels.set(id, channel)
    channel.binaryType = 'arraybuffer'
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const arrivedMs = pageMs()
      if (bucket.take(1, arrivedMs)) post({ kind: 'frame', id, frame: shownOf(data), arrivedMs })
    })
    channel.addEventListener('open', () => {
      post({ kind: 'open', id })
    })
    channel.addEventListener('close', () => {
      channels.delete(id)
      post({ kind: 'closed', id })
    })
    // It may have opened on its way here.
    if (channel.readyState === 'open') post({ kind: 'open', id })
  }

  function send(id: number, frame: Uint8Array): void {
    const channel = channels.get(id)
    if (channel?.readyState !== 'open' || channel.bufferedAmount > CLOCK_HIGH_WATER_BYTES) return
    trySend(channel, withSentMs(frame, pageMs()))
  }

  function close(id: number): void {
    channels.get(id)?.close()
    channels.delete(id)
  }

  return (message) => {
    if (message.kind === 'send') send(message.id, message.frame)
    else if (message.kind === 'ask') post({ kind: 'reading', ms: pageMs() })
    else if (message.kind === 'take') take(message.id, message.channel)
    else if (message.kind === 'close') close(message.id)
    else if (message.kind === 'begin') offsetMs = options.originMs - message.originMs
    else offsetMs += message.byMs
  }
}

const shownOf = (data: unknown): Uint8Array | undefined =>
  data instanceof ArrayBuffer ? new Uint8Array(data.slice(0, SHOWN_BYTES)) : undefined
