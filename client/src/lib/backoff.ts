/**
 * How long to wait before a further attempt.
 *
 * @param attempt  0 for the first retry
 * @param random   from 0 (inclusive) to 1 (exclusive); the jitter, so that a crowd does not knock at once
 * @returns milliseconds; the first retry falls anywhere within `baseMs`, later ones between a third of and the whole
 *          doubled span, which ends at `capMs`
 */
export function backoffMs(attempt: number, random: number, baseMs: number, capMs: number): number {
  if (attempt === 0) return random * baseMs
  const spanMs = Math.min(capMs, baseMs * 2 ** attempt)
  return spanMs / 3 + (random * spanMs * 2) / 3
}
