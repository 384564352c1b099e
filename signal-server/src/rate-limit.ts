/** Lets `burst` through at once and `perSecond` in the long run. */
export interface TokenBucket {
  /** Takes `cost` tokens; false, taking none, when there are fewer. @param nowMs never less than at the call before */
  take(nowMs: number, cost?: number): boolean
  /** Takes `cost` tokens, whether there are so many or not. */
  spend(nowMs: number, cost: number): void
  /** Whole milliseconds until `cost` tokens are there; 0 when they are. @param cost at most the burst */
  waitMs(nowMs: number, cost: number): number
}

/** @param nowMs the moment at which the bucket is full */
export function createTokenBucket(burst: number, perSecond: number, nowMs: number): TokenBucket {
  let tokens = burst
  let atMs = nowMs

  function fill(now: number): void {
    tokens = Math.min(burst, tokens + ((now - atMs) * perSecond) / 1000)
    atMs = now
  }

  return {
    take(now, cost = 1) {
      fill(now)
      if (tokens < cost) return false
      tokens -= cost
      return true
    },
    spend(now, cost) {
      fill(now)
      tokens -= cost
    },
    waitMs(now, cost) {
      fill(now)
      return Math.max(0, Math.ceil(((cost - tokens) * 1000) / perSecond))
    },
  }
}
