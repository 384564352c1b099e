import { contextMsAt, fitLine, offLine, type Line, type OutputTimestamp } from './line.ts'

/** The audio's clock by what the browser tells: which moment of the context is heard when. */
export interface ToldLine {
  /** Takes a reading; one that repeats or contradicts the clock is ignored, a real leap starts afresh. */
  add(reading: OutputTimestamp): void
  /** The audio stood still until now: nothing is known until a reading from later than `nowMs`, but the rate. */
  forget(nowMs: number): void
  /** Ms of the context's clock that are at the loudspeaker at `localMs`; undefined before the first reading. */
  contextMsAt(localMs: number): number | undefined
}

const WINDOW_MS = 20_000
const WINDOW_READINGS = 200
/** Kept however old: a hidden tab may read once a minute, and still needs the rate of its sound card. */
const LEAST_READINGS = 8
/** A reading this far off the line means that the audio stopped for a while; a new line begins. */
const LEAP_MS = 30
/** So many readings in a row on one side of the line, all beyond the usual noise: a buffer was lost. */
const STEP_READINGS = 3
const STEP_MS = 1
/** Times the median distance of late: what no usual reading exceeds, whatever the device. */
const STEP_MEDIANS = 4
const NOISE_READINGS = 16
const LEAST_NOISE_READINGS = 5
/** Before this span is covered the slope is noise; the one known before is nearer. */
const MIN_SPAN_MS = 2000

/**
 * A straight line through recent readings (least squares), as Ableton Link's host time filter draws one. When the device
 * loses a buffer, the audio lags behind that line for good: a new one begins as soon as that is sure. The slope outlives
 * the line, for it belongs to the sound card.
 */
export function createToldLine(): ToldLine {
  let readings: readonly OutputTimestamp[] = []
  let line: Line | undefined
  let slope = 1
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
      const { performanceTime } = reading
      lastTakenMs = performanceTime
      sort(reading, line === undefined ? 0 : offLine(line, reading))
      const oldest = readings.length - LEAST_READINGS
      readings = readings
        .filter((old, i) => i >= oldest || performanceTime - old.performanceTime <= WINDOW_MS)
        .slice(-WINDOW_READINGS)
      line = fitLine(readings, MIN_SPAN_MS, slope) ?? line
      slope = line?.slope ?? slope
    },
    forget(nowMs) {
      readings = []
      strays = []
      line = undefined
      lastTakenMs = nowMs
    },
    contextMsAt: (localMs) => (line === undefined ? undefined : contextMsAt(line, localMs)),
  }
}

const medianOf = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

function isPlausible(reading: OutputTimestamp, lastMs: number): boolean {
  const { contextTime, performanceTime } = reading
  // Before the first buffer reaches the loudspeaker browsers report zeros.
  if (!(contextTime > 0 && performanceTime > 0 && Number.isFinite(contextTime + performanceTime)))
    return false
  return performanceTime > lastMs
}
