/**
 * Lets `burst` through at once and `perSecond` in the long run. A plain record with functions beside it: each socket has
 * several, and functions of its own would make each of them five times as large.
 */
export interface TokenBucket {
  readonly burst: number
  readonly perSecond: number
  /** As many as there were at `atMs`. */
  tokens: number
  atMs: number
}

/** @param nowMs the moment at which the bucket is full */
export const createTokenBucket = (
  burst: number,
  perSecond: number,
  nowMs: number,
): TokenBucket => ({
  burst,
  perSecond,
  tokens: burst,
  atMs: nowMs,
})

function fill(bucket: TokenBucket, nowMs: number): void {
  const brought = ((nowMs - bucket.atMs) * bucket.perSecond) / 1000
  bucket.tokens = Math.min(bucket.burst, bucket.tokens + brought)
  bucket.atMs = nowMs
}

/** Takes `cost` tokens; false, taking none, when there are fewer. @param nowMs never less than at the call before */
export function takeTokens(bucket: TokenBucket, nowMs: number, cost = 1): boolean {
  fill(bucket, nowMs)
  if (bucket.tokens < cost) return false
  bucket.tokens -= cost
  return true
}

/** Takes `cost` tokens, whether there are so many or not. */
export function spendTokens(bucket: TokenBucket, nowMs: number, cost: number): void {
  fill(bucket, nowMs)
  bucket.tokens -= cost
}

/** Whole milliseconds until `cost` tokens are there; 0 when they are. @param cost at most the burst */
export function msToTokens(bucket: TokenBucket, nowMs: number, cost: number): number {
  fill(bucket, nowMs)
  return Math.max(0, Math.ceil(((cost - bucket.tokens) * 1000) / bucket.perSecond))
}
