/** A measured value with its standard deviation; x counts from any origin, best from the newest point. */
export interface Point {
  readonly x: number
  readonly y: number
  readonly sd: number
}

/** y = y0 + slope x. */
export interface Line {
  readonly y0: number
  readonly slope: number
  /** Weighted standard deviation of the points about the line, in units of y. */
  readonly spread: number
}

/**
 * Weighted least squares with a prior for the slope: N(0, slopeSd). Few or near points leave the slope close to 0, many
 * far ones overrule the prior (Bayesian linear regression with a known variance of each point).
 *
 * @param points one or more
 */
export function fitLine(points: readonly Point[], slopeSd: number): Line {
  let w = 0
  let wx = 0
  let wxx = 1 / slopeSd ** 2
  let wy = 0
  let wxy = 0
  for (const { x, y, sd } of points) {
    const weight = 1 / sd ** 2
    w += weight
    wx += weight * x
    wxx += weight * x * x
    wy += weight * y
    wxy += weight * x * y
  }
  const determinant = w * wxx - wx * wx
  const y0 = (wy * wxx - wx * wxy) / determinant
  const slope = (w * wxy - wx * wy) / determinant
  let squares = 0
  for (const { x, y, sd } of points) squares += ((y - y0 - slope * x) / sd) ** 2
  return { y0, slope, spread: Math.sqrt(squares / w) }
}
