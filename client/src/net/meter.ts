import { createBucket } from './bucket.ts'
import type { BucketSize } from './bucket.ts'
import type { Lane } from './mesh.ts'

const MIB = 1024 * 1024

/**
 * Frames that one peer may send on each lane. An honest one sends 25 a second by hand and 60 while knobs are dragged; a
 * tab that wakes finds up to 20 s of both at once, and a fast link hands over a whole song in frames of 16 KiB.
 */
const FRAMES: Readonly<Record<Lane, BucketSize>> = {
  doc: { burst: 4000, perSecond: 400 },
  live: { burst: 4000, perSecond: 500 },
  clock: { burst: 1000, perSecond: 100 },
}

/** Twice the two songs of the largest size that may meet, since what was under way is sent anew when a link moves. */
const DOC_BYTES: BucketSize = { burst: 32 * MIB, perSecond: 4 * MIB }

export interface Traffic {
  readonly sentBytes: number
  readonly receivedBytes: number
}

/** Counts what goes over the link to one peer, whichever way it goes, and knows when too much comes in. */
export interface Meter {
  sent(bytes: number): void
  /** @param nowMs monotonic @returns false when the peer sends more than any honest one would */
  received(lane: Lane, bytes: number, nowMs: number): boolean
  read(): Traffic
}

export function createMeter(): Meter {
  let sentBytes = 0
  let receivedBytes = 0
  const frames = {
    doc: createBucket(FRAMES.doc),
    live: createBucket(FRAMES.live),
    clock: createBucket(FRAMES.clock),
  }
  const docBytes = createBucket(DOC_BYTES)
  return {
    sent(bytes) {
      sentBytes += bytes
    },
    received(lane, bytes, nowMs) {
      receivedBytes += bytes
      if (!frames[lane].take(1, nowMs)) return false
      return lane !== 'doc' || docBytes.take(bytes, nowMs)
    },
    read: () => ({ sentBytes, receivedBytes }),
  }
}
