import type { RoomId } from '@beatcord/shared'
import { createTokenBucket, msToTokens, takeTokens, type TokenBucket } from '../rate-limit.ts'

/** How often slots are asked for, and how many bodies are held at once. */
export interface SlotLimits {
  /** @returns 0 when it may be served; else whole seconds until it is worth to ask again */
  mayAsk(roomId: RoomId, visitor: string, kind: 'read' | 'write'): number
  /** A place for one body in memory; undefined when all are taken. What it gives back frees it, once. */
  hold(): (() => void) | undefined
}

interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/** A room is written once in ten seconds, and once more for each time that it was written meanwhile. */
const ROOM: Readonly<Record<'read' | 'write', Rate>> = {
  read: { burst: 20, perSecond: 1 },
  write: { burst: 8, perSecond: 0.5 },
}
/** A class behind one address fits: a hundred rooms. */
const VISITOR: Readonly<Record<'read' | 'write', Rate>> = {
  read: { burst: 200, perSecond: 10 },
  write: { burst: 100, perSecond: 10 },
}
/** So many buckets are remembered of each kind; the oldest are full again long before. */
const MOST_BUCKETS = 10_000
const MOST_BODIES = 8

export function createSlotLimits(nowMs: () => number): SlotLimits {
  const buckets = new Map<string, TokenBucket>()
  let bodies = 0

  function bucketOf(name: string, { burst, perSecond }: Rate): TokenBucket {
    const bucket = buckets.get(name) ?? createTokenBucket(burst, perSecond, nowMs())
    // The one that was asked for last stands last.
    buckets.delete(name)
    buckets.set(name, bucket)
    const [oldest] = buckets.keys()
    if (buckets.size > MOST_BUCKETS && oldest !== undefined) buckets.delete(oldest)
    return bucket
  }

  return {
    mayAsk(roomId, visitor, kind) {
      const both = [
        bucketOf(`${kind} room ${roomId}`, ROOM[kind]),
        bucketOf(`${kind} visitor ${visitor}`, VISITOR[kind]),
      ]
      const waitMs = Math.max(...both.map((bucket) => msToTokens(bucket, nowMs(), 1)))
      if (waitMs > 0) return Math.ceil(waitMs / 1000)
      for (const bucket of both) takeTokens(bucket, nowMs())
      return 0
    },
    hold() {
      if (bodies >= MOST_BODIES) return undefined
      bodies += 1
      let isHeld = true
      return () => {
        if (isHeld) bodies -= 1
        isHeld = false
      }
    },
  }
}
