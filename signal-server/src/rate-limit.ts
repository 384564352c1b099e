/** Lets `burst` through at once and `perSecond` in the long run. */
export interface TokenBucket {
  /** Takes one token; false when there is none. @param nowMs never less than at the call before */
  take(nowMs: number): boolean
}

/** @param nowMs the moment at which the bucket is full */
export function createTokenBucket(burst: number, perSecond: number, nowMs: number): TokenBucket {
  let tokens = burst
  let atMs = nowMs
  return {
    take(now) {
      tokens = Math.min(burst, tokens + ((now - atMs) * perSecond) / 1000)
      atMs = now
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}
