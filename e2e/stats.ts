/** How a set of measurements is spread. */
export interface Spread {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/**
 * Nearest-rank percentiles.
 *
 * @throws RangeError without any value
 */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const max = sorted.at(-1)
  if (max === undefined) throw new RangeError('a spread must have at least one value, got none')
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? max
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max }
}
