import { MAX_SLOPE_ERROR, type OutputTimestamp } from './line.ts'

/** What an audio context says of its way to the loudspeaker at one moment, unjudged; absent where a browser is silent. */
export interface OutputReading {
  /** Monotonic ms, read after `currentTime`, so that a pause in between makes the reading late and not early. */
  readonly nowMs: number
  /** Seconds, as the following: up to where the context has been rendered; moves a buffer at a time. */
  readonly currentTime: number
  /** By `getOutputTimestamp`: this moment of the context … */
  readonly contextTime?: number | undefined
  /** … is at the loudspeaker at this monotonic ms. */
  readonly performanceTime?: number | undefined
  /** From the system's taking a buffer to its first sample at the loudspeaker. */
  readonly outputLatency?: number | undefined
  /** From the end of the audio graph to the system: one device buffer, or a block. */
  readonly baseLatency?: number | undefined
}

/** One reading as two timestamps, got by independent ways. */
export interface JudgedReading {
  /** What `getOutputTimestamp` tells; undefined where that cannot be. */
  readonly told?: OutputTimestamp
  /** Whether what is told may be followed: it has kept pace with `currentTime` for a while. */
  readonly isTrusted: boolean
  /** From `currentTime` and the latencies: late by up to a buffer, never early. Undefined before the audio runs. */
  readonly counted?: OutputTimestamp
}

export type OutputJudge = (reading: OutputReading) => JudgedReading

/** Safari before 18.4 does not tell `outputLatency`: that of a usual built-in loudspeaker. */
const USUAL_LATENCY_SECONDS = 0.03
/** A Bluetooth headset lags a third of a second; no output lags half a second behind its context. */
const LONGEST_LAG_MS = 500
/** A buffer that is being filled may seem to be heard already. */
const LEAST_LAG_MS = -30
/** Safari 15.1 to 17.4 gave the time of another clock (WebKit 275237@main); a stamp that stands still is of the past. */
const FRESH_MS = 1000
/** Firefox takes `outputLatency` off `currentTime` and calls that its timestamp: within so much it is the same. */
const SAME_MS = 0.1
const SAME_TIME_MS = 1
/** A lag that moves by more than a buffer at once, or steadily: either clock lies, or the device is another one. */
const LEAP_MS = 25
const JUDGED = 200
const LEAST_JUDGED = 30
const STEADY_MS = 3000
/** Who is caught again soon after waits longer, and long enough to be caught while waiting. */
const WAIT_FACTOR = 3
const LONGEST_WAIT_MS = 60_000
const SOON_MS = 30_000
/** Of the spread that the steps of `currentTime` make: what the mean of ten readings moves at most. */
const MEAN_SHARE = 0.4
const LATENCIES = 15
/** Frames that a context renders at a time. @see https://www.w3.org/TR/webaudio/#render-quantum-size */
const BLOCK_FRAMES = 128

interface Lag {
  readonly atMs: number
  readonly lagMs: number
}

/**
 * Makes timestamps of readings. A told one is followed while it keeps pace: how far it lies behind `currentTime` does
 * not leap, nor drift by more than 500 ppm beside the steps. After that it has to behave for 3 s, or longer each time. An underrun holds both
 * up alike and casts no doubt.
 */
export function createOutputJudge(sampleRate: number): OutputJudge {
  let lags: readonly Lag[] = []
  let trustsFromMs = -Infinity
  let waitMs = STEADY_MS
  let latencies: readonly number[] = []

  const doubt = (lag: Lag): void => {
    lags = [lag]
    const trustedMs = lag.atMs - trustsFromMs
    if (trustedMs >= 0)
      waitMs = trustedMs < SOON_MS ? Math.min(LONGEST_WAIT_MS, WAIT_FACTOR * waitMs) : STEADY_MS
    trustsFromMs = lag.atMs + waitMs
  }
  const weigh = (lag: Lag): void => {
    const last = lags.at(-1)
    if (last !== undefined && Math.abs(lag.lagMs - meanOf(lags)) > LEAP_MS) {
      doubt(lag)
      return
    }
    lags = [...lags, lag].slice(-JUDGED)
    if (isDrifting(lags)) doubt(lag)
  }
  const latencyOf = ({ outputLatency, baseLatency = 0 }: OutputReading): number => {
    latencies = [...latencies, outputLatency || USUAL_LATENCY_SECONDS].slice(-LATENCIES)
    return medianOf(latencies) + baseLatency + surplusFrames(baseLatency, sampleRate) / sampleRate
  }
  return (reading) => {
    const { nowMs, currentTime } = reading
    if (!(currentTime > 0 && Number.isFinite(nowMs))) return { isTrusted: false }
    const counted = { contextTime: currentTime - latencyOf(reading), performanceTime: nowMs }
    const told = toldBy(reading)
    if (told === undefined) {
      // Who is doubted must behave, not be silent.
      if (nowMs < trustsFromMs) trustsFromMs = nowMs + waitMs
      return { isTrusted: false, counted }
    }
    weigh({ atMs: nowMs, lagMs: lagOf(reading, told) })
    return { told, isTrusted: nowMs >= trustsFromMs, counted }
  }
}

/**
 * From what a context has rendered to what is heard, as the specification adds it up.
 *
 * @returns seconds
 * @see https://www.w3.org/TR/webaudio/#dom-audiocontext-baselatency the graph to the system
 * @see https://www.w3.org/TR/webaudio/#dom-audiocontext-outputlatency the system to the loudspeaker
 */
export const latencySeconds = ({
  outputLatency,
  baseLatency,
}: Pick<OutputReading, 'outputLatency' | 'baseLatency'>): number =>
  (outputLatency || USUAL_LATENCY_SECONDS) + (baseLatency || 0)

function toldBy(reading: OutputReading): OutputTimestamp | undefined {
  const { nowMs, currentTime, contextTime, performanceTime, outputLatency } = reading
  // Zeros come before the first buffer reaches the loudspeaker, and for ever where this is not built.
  if (!(contextTime && performanceTime && contextTime > 0 && performanceTime > 0)) return undefined
  if (!(Math.abs(nowMs - performanceTime) < FRESH_MS)) return undefined
  const told = { contextTime, performanceTime }
  const lagMs = lagOf(reading, told)
  if (!(lagMs >= LEAST_LAG_MS && lagMs < LONGEST_LAG_MS && contextTime <= currentTime))
    return undefined
  const isCounted =
    outputLatency !== undefined &&
    Math.abs(currentTime - outputLatency - contextTime) * 1000 < SAME_MS &&
    Math.abs(nowMs - performanceTime) < SAME_TIME_MS
  return isCounted ? undefined : told
}

/** How far what is heard lies behind what has been rendered. */
const lagOf = ({ nowMs, currentTime }: OutputReading, told: OutputTimestamp): number =>
  (currentTime - told.contextTime) * 1000 - (nowMs - told.performanceTime)

function isDrifting(lags: readonly Lag[]): boolean {
  if (lags.length < LEAST_JUDGED) return false
  const third = Math.floor(lags.length / 3)
  const early = lags.slice(0, third)
  const late = lags.slice(-third)
  const spanMs = (late[0]?.atMs ?? 0) - (early[0]?.atMs ?? 0)
  const spreadMs = Math.max(spreadOf(early), spreadOf(late))
  const allowedMs = MAX_SLOPE_ERROR * spanMs + MEAN_SHARE * spreadMs
  return Math.abs(meanOf(late) - meanOf(early)) > allowedMs
}

/**
 * A device's buffer that is no whole number of blocks is filled with one block too many now and then, and `currentTime`
 * is ahead by as much.
 */
function surplusFrames(baseLatency: number, sampleRate: number): number {
  const bufferFrames = Math.round(baseLatency * sampleRate)
  return bufferFrames === 0 ? 0 : BLOCK_FRAMES - commonDivisor(bufferFrames, BLOCK_FRAMES)
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))

function spreadOf(lags: readonly Lag[]): number {
  const all = lags.map(({ lagMs }) => lagMs)
  return Math.max(...all) - Math.min(...all)
}

const meanOf = (lags: readonly Lag[]): number =>
  lags.reduce((sum, { lagMs }) => sum + lagMs, 0) / lags.length

const medianOf = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0
