/** Keeps a stereo signal under a ceiling, without distorting what stays below it. */
export interface Limiter {
  /** Frames by which the output lags behind the input. */
  readonly latency: number
  /** Limits the first `count` samples of both sides in place. */
  process(left: Float64Array, right: Float64Array, count: number): void
}

/** Highest absolute sample that leaves the limiter. */
export const CEILING = 0.97
const LOOK_AHEAD_SECONDS = 0.0015
const RECOVERY_SECONDS = 0.08

/**
 * A look-ahead limiter: the gain that the loudest sample of the coming moment needs is held back over the look-ahead,
 * recovers exponentially, and is averaged over the look-ahead, so that it arrives at each peak exactly in time.
 * Sliding minimum by a monotonic queue (Lemire, "Streaming Maximum-Minimum Filter", 2006). Both sides share one gain.
 */
export function createLimiter(sampleRate: number): Limiter {
  const latency = Math.ceil(LOOK_AHEAD_SECONDS * sampleRate)
  const size = latency + 1
  const recovery = 1 - Math.exp(-1 / (RECOVERY_SECONDS * sampleRate))
  const delayedLeft = new Float64Array(size)
  const delayedRight = new Float64Array(size)
  const gains = new Float64Array(size).fill(1)
  const lowest = createSlidingMinimum(size)
  let held = 1
  let sum = size
  let at = 0

  const gainFor = (peak: number): number => {
    const needed = lowest(peak > CEILING ? CEILING / peak : 1)
    held = Math.min(needed, held + (1 - held) * recovery)
    sum += held - (gains[at] ?? 1)
    gains[at] = held
    return sum / size
  }
  const refreshSum = (): void => {
    sum = 0
    for (const gain of gains) sum += gain
  }

  return {
    latency,
    process(left, right, count) {
      // A running sum drifts by rounding.
      refreshSum()
      for (let i = 0; i < count; i++) {
        const inLeft = finite(left[i])
        const inRight = finite(right[i])
        const gain = gainFor(Math.max(Math.abs(inLeft), Math.abs(inRight)))
        delayedLeft[at] = inLeft
        delayedRight[at] = inRight
        at = at + 1 === size ? 0 : at + 1
        left[i] = clip((delayedLeft[at] ?? 0) * gain)
        right[i] = clip((delayedRight[at] ?? 0) * gain)
      }
    },
  }
}

/** The lowest of the last `size` numbers it was given. */
function createSlidingMinimum(size: number): (value: number) => number {
  const values = new Float64Array(size)
  const times = new Float64Array(size)
  let head = 0
  let length = 0
  let now = 0
  return (value) => {
    now++
    if (length > 0 && (times[head] ?? 0) <= now - size) {
      head = (head + 1) % size
      length--
    }
    while (length > 0 && (values[(head + length - 1) % size] ?? 0) >= value) length--
    values[(head + length) % size] = value
    times[(head + length) % size] = now
    length++
    return values[head] ?? value
  }
}

const finite = (sample: number | undefined): number =>
  sample !== undefined && Number.isFinite(sample) ? sample : 0

/** Only rounding could still pass the ceiling. */
const clip = (sample: number): number => Math.min(CEILING, Math.max(-CEILING, sample))
