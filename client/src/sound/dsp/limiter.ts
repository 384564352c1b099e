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

/** Kept in a record: a number that changes inside a closure becomes a new object with each change. */
interface GainState {
  /** Gain for each of the last frames, and their sum. */
  readonly gains: Float64Array
  sum: number
  /** The gain before it is averaged. */
  held: number
  /** Place in the rings. */
  at: number
  /** The gain that the newest frame needs. */
  newest: number
  /** The gains that are needed and not yet undercut by a later one, rising: a queue in a ring, with their frames. */
  readonly needed: Float64Array
  readonly neededAt: Float64Array
  head: number
  length: number
  now: number
}

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
  const state = createGainState(size)

  return {
    latency,
    process(left, right, count) {
      refreshSum(state)
      for (let i = 0; i < count; i++) {
        const inLeft = finite(left[i])
        const inRight = finite(right[i])
        const peak = Math.max(Math.abs(inLeft), Math.abs(inRight))
        state.newest = peak > CEILING ? CEILING / peak : 1
        holdBack(state)
        const lowest = state.needed[state.head] ?? 1
        const held = Math.min(lowest, state.held + (1 - state.held) * recovery)
        const { at } = state
        state.held = held
        state.sum += held - (state.gains[at] ?? 1)
        state.gains[at] = held
        delayedLeft[at] = inLeft
        delayedRight[at] = inRight
        const oldest = at + 1 === size ? 0 : at + 1
        const gain = state.sum / size
        left[i] = clip((delayedLeft[oldest] ?? 0) * gain)
        right[i] = clip((delayedRight[oldest] ?? 0) * gain)
        state.at = oldest
      }
    },
  }
}

const createGainState = (size: number): GainState => ({
  gains: new Float64Array(size).fill(1),
  sum: size,
  held: 1,
  at: 0,
  newest: 1,
  needed: new Float64Array(size),
  neededAt: new Float64Array(size),
  head: 0,
  length: 0,
  now: 0,
})

/** Takes the newest gain into the queue, whose head is then the lowest of the look-ahead. */
function holdBack(state: GainState): void {
  const { needed, neededAt, newest } = state
  const size = needed.length
  state.now++
  if (state.length > 0 && (neededAt[state.head] ?? 0) <= state.now - size) {
    state.head = (state.head + 1) % size
    state.length--
  }
  while (state.length > 0 && (needed[(state.head + state.length - 1) % size] ?? 0) >= newest) {
    state.length--
  }
  const tail = (state.head + state.length) % size
  needed[tail] = newest
  neededAt[tail] = state.now
  state.length++
}

/** A running sum drifts by rounding. Counted by index: iterating over a typed array makes objects. */
function refreshSum(state: GainState): void {
  let sum = 0
  const { gains } = state
  for (let i = 0; i < gains.length; i++) sum += gains[i] ?? 0
  state.sum = sum
}

const finite = (sample: number | undefined): number =>
  sample !== undefined && Number.isFinite(sample) ? sample : 0

/** Only rounding could still pass the ceiling. */
const clip = (sample: number): number => Math.min(CEILING, Math.max(-CEILING, sample))
