/** One reading of `AudioContext.getOutputTimestamp()`: this moment of the audio is at the loudspeaker at that time. */
export interface OutputTimestamp {
  /** Seconds on the context's clock. */
  readonly contextTime: number
  /** Monotonic ms. */
  readonly performanceTime: number
}

/** Our clock's ms to audio frames: which frame is heard when. */
export interface AudioMap {
  /** Takes a reading; one that repeats or contradicts the clock is ignored, a real leap starts afresh. */
  add(reading: OutputTimestamp): void
  /** The frame (fractional) that is at the loudspeaker at `localMs`; undefined before the first reading. */
  frameAt(localMs: number): number | undefined
}

const WINDOW_MS = 20_000
const WINDOW_READINGS = 200
/** A reading this far off the line means that the audio stopped for a while; a new line begins. */
const LEAP_MS = 30
/** So many readings in a row on one side of the line, all beyond the usual noise: a buffer was lost. */
const STEP_READINGS = 3
const STEP_MS = 1
/** Times the median distance of late: what no usual reading exceeds, whatever the device. */
const STEP_MEDIANS = 4
const NOISE_READINGS = 16
const LEAST_NOISE_READINGS = 5
const MAX_SLOPE_ERROR = 0.0005
/** Before this span is covered the slope is noise; the nominal one is nearer. */
const MIN_SPAN_MS = 2000

interface Line {
  readonly atMs: number
  readonly contextMs: number
  readonly slope: number
}

/**
 * A straight line through recent readings (least squares), as Ableton Link's host time filter draws one. When the device
 * loses a buffer, the audio lags behind that line for good: a new one begins as soon as that is sure.
 */
export function createAudioMap(sampleRate: number): AudioMap {
  let readings: readonly OutputTimestamp[] = []
  let line: Line | undefined
  let lastTakenMs = -Infinity
  /** The latest readings that lie off the line on one side; no part of it until they are sure. */
  let strays: readonly OutputTimestamp[] = []
  let side = 0
  let distances: readonly number[] = []

  const isStray = (offMs: number): boolean => {
    const usualMs = distances.length < LEAST_NOISE_READINGS ? 0 : medianOf(distances)
    distances = [...distances, Math.abs(offMs)].slice(-NOISE_READINGS)
    return Math.abs(offMs) > Math.max(STEP_MS, STEP_MEDIANS * usualMs)
  }
  const sort = (reading: OutputTimestamp, offMs: number): void => {
    if (Math.abs(offMs) > LEAP_MS) {
      readings = [reading]
      strays = []
    } else if (isStray(offMs)) {
      strays = Math.sign(offMs) === side ? [...strays, reading] : [reading]
      side = Math.sign(offMs)
      if (strays.length < STEP_READINGS) return
      readings = strays
      strays = []
    } else {
      strays = []
      readings = [...readings, reading]
    }
  }
  return {
    add(reading) {
      if (!isPlausible(reading, lastTakenMs)) return
      lastTakenMs = reading.performanceTime
      sort(reading, line === undefined ? 0 : offLine(line, reading))
      readings = readings
        .filter((old) => reading.performanceTime - old.performanceTime <= WINDOW_MS)
        .slice(-WINDOW_READINGS)
      line = fit(readings) ?? line
    },
    frameAt: (localMs) =>
      line === undefined ? undefined : (contextMsAt(line, localMs) / 1000) * sampleRate,
  }
}

const offLine = (line: Line, { contextTime, performanceTime }: OutputTimestamp): number =>
  contextTime * 1000 - contextMsAt(line, performanceTime)

const medianOf = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

const contextMsAt = (line: Line, localMs: number): number =>
  line.contextMs + (localMs - line.atMs) * line.slope

function isPlausible(reading: OutputTimestamp, lastMs: number): boolean {
  const { contextTime, performanceTime } = reading
  // Before the first buffer reaches the loudspeaker browsers report zeros.
  if (!(contextTime > 0 && performanceTime > 0 && Number.isFinite(contextTime + performanceTime)))
    return false
  return performanceTime > lastMs
}

function fit(readings: readonly OutputTimestamp[]): Line | undefined {
  const [first] = readings
  const last = readings.at(-1)
  if (first === undefined || last === undefined) return undefined
  const count = readings.length
  const meanX = readings.reduce((sum, r) => sum + r.performanceTime, 0) / count
  const meanY = readings.reduce((sum, r) => sum + r.contextTime * 1000, 0) / count
  const spanMs = last.performanceTime - first.performanceTime
  return { atMs: meanX, contextMs: meanY, slope: slopeOf(readings, meanX, meanY, spanMs) }
}

function slopeOf(
  readings: readonly OutputTimestamp[],
  meanX: number,
  meanY: number,
  spanMs: number,
): number {
  if (spanMs < MIN_SPAN_MS) return 1
  let xy = 0
  let xx = 0
  for (const { performanceTime, contextTime } of readings) {
    const dx = performanceTime - meanX
    xy += dx * (contextTime * 1000 - meanY)
    xx += dx * dx
  }
  return Math.max(1 - MAX_SLOPE_ERROR, Math.min(1 + MAX_SLOPE_ERROR, xy / xx))
}
