/** Lets through so many at once and so many a second in the long run. */
export interface Bucket {
  /** @param nowMs monotonic @returns false, and takes nothing, when so many are too many now */
  take(count: number, nowMs: number): boolean
}

export interface BucketSize {
  readonly burst: number
  readonly perSecond: number
}

/** A bucket for each of many, such as each peer. */
export interface Buckets<Key> {
  /** Takes one. @param nowMs monotonic @returns false when so many are too many now */
  take(key: Key, nowMs: number): boolean
  /** Of who is gone. */
  forget(key: Key): void
}

export function createBuckets<Key>(size: BucketSize): Buckets<Key> {
  const buckets = new Map<Key, Bucket>()
  return {
    take(key, nowMs) {
      const bucket = buckets.get(key) ?? createBucket(size)
      buckets.set(key, bucket)
      return bucket.take(1, nowMs)
    },
    forget(key) {
      buckets.delete(key)
    },
  }
}

/** Full at first. */
export function createBucket({ burst, perSecond }: BucketSize): Bucket {
  let left = burst
  let atMs: number | undefined
  return {
    take(count, nowMs) {
      const sinceMs = Math.max(0, nowMs - (atMs ?? nowMs))
      left = Math.min(burst, left + (sinceMs * perSecond) / 1000)
      atMs = nowMs
      if (left < count) return false
      left -= count
      return true
    },
  }
}
