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

/** The straight line nearest to the points by least squares: y = intercept + slope * x. */
export interface Line {
  readonly slope: number
  readonly intercept: number
}

/** @throws RangeError with fewer than two different x */
export function lineThrough(points: readonly (readonly [x: number, y: number])[]): Line {
  const meanX = mean(points.map(([x]) => x))
  const meanY = mean(points.map(([, y]) => y))
  let covariance = 0
  let variance = 0
  for (const [x, y] of points) {
    covariance += (x - meanX) * (y - meanY)
    variance += (x - meanX) ** 2
  }
  if (!(variance > 0)) throw new RangeError(`a line must have two points, got ${points.length}`)
  const slope = covariance / variance
  return { slope, intercept: meanY - slope * meanX }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
