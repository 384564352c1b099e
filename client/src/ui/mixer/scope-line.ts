/** A point on a field one unit wide and one high; y 0 is the top. */
export interface ScopePoint {
  readonly x: number
  readonly y: number
}

const POINTS = 240

/**
 * A line through the latest samples, standing as still as it can: it begins where they rise through 0.
 *
 * @param samples oldest first; the first half is where the beginning is looked for
 */
export function scopeLine(samples: Float32Array): readonly ScopePoint[] {
  const shown = Math.floor(samples.length / 2)
  const from = risingFrom(samples, shown)
  return Array.from({ length: POINTS }, (_, point) => {
    const x = point / (POINTS - 1)
    const sample = samples[from + Math.round(x * (shown - 1))] ?? 0
    return { x, y: 0.5 - Math.max(-1, Math.min(1, sample)) / 2 }
  })
}

/** The first sample of a rise through 0; the last that still leaves room when there is none. */
function risingFrom(samples: Float32Array, before: number): number {
  for (let at = 1; at < before; at++) {
    if ((samples[at - 1] ?? 0) <= 0 && (samples[at] ?? 0) > 0) return at
  }
  return samples.length - before
}
