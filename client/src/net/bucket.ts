/** Lets through so many at once and so many a second in the long run. */
export interface Bucket {
  /** @param nowMs monotonic @returns false, and takes nothing, when so many are too many now */
  take(count: number, nowMs: number): boolean
}

export interface BucketSize {
  readonly burst: number
  readonly perSecond: number
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
