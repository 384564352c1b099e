import { contextMsAt, fitLine, offLine, type Line, type OutputTimestamp } from './line.ts'

/** The audio's clock by `currentTime`, which moves a whole buffer at a time. */
export interface CountedLine {
  /** Takes a reading. True when the audio stood still or leapt, and a new line begins with this reading. */
  add(reading: OutputTimestamp): boolean
  /** The audio stood still until now: nothing is known until the next reading, but the rate. */
  forget(): void
  /** Ms of the context's clock that are at the loudspeaker at `localMs`; undefined before the first reading. */
  contextMsAt(localMs: number): number | undefined
}

/** As many as Ableton Link's host time filter keeps. */
const WINDOW_READINGS = 512
/** Twice the largest usual buffer: further off the line the audio has stopped for a while. */
const LEAP_MS = 60
/** So many readings that all stay below the line: a buffer was lost, and with it the line. */
const LOST_READINGS = 20
const LOST_MS = 1
/** Of the readings' usual spread: what one of so many exceeds but once in a thousand times. */
const LOST_SHARE = 0.3
/** Before this span is covered the steps make more slope than two crystals can. */
const MIN_SPAN_MS = 8000

/**
 * `currentTime` steps up when the device takes a buffer and then stands still until the next: right after a step a
 * reading is true, and all others are late, by up to a buffer, or more when the browser was busy. So the line is the one
 * that no reading lies above: its slope by least squares, for lateness has no trend, its height by the highest reading.
 */
export function createCountedLine(): CountedLine {
  let readings: readonly OutputTimestamp[] = []
  let line: Line | undefined
  let slope = 1

  const isLeap = (offMs: number): boolean => Math.abs(offMs) > LEAP_MS
  const lostBuffer = (over: Line): boolean => {
    if (readings.length < 2 * LOST_READINGS) return false
    const offs = readings.map((reading) => offLine(over, reading))
    const usualMs = -Math.min(...offs.slice(0, -LOST_READINGS))
    return Math.max(...offs.slice(-LOST_READINGS)) < -Math.max(LOST_MS, LOST_SHARE * usualMs)
  }
  const draw = (): void => {
    line = fitTop(readings, slope)
    slope = line?.slope ?? slope
  }
  return {
    add(reading) {
      const last = readings.at(-1)
      if (last !== undefined && reading.performanceTime <= last.performanceTime) return false
      const leapt = line !== undefined && isLeap(offLine(line, reading))
      readings = leapt ? [reading] : [...readings, reading].slice(-WINDOW_READINGS)
      draw()
      if (line !== undefined && lostBuffer(line)) {
        readings = readings.slice(-LOST_READINGS)
        draw()
      }
      return leapt
    },
    forget() {
      readings = []
      line = undefined
    },
    contextMsAt: (localMs) => (line === undefined ? undefined : contextMsAt(line, localMs)),
  }
}

function fitTop(readings: readonly OutputTimestamp[], slope: number): Line | undefined {
  const mean = fitLine(readings, MIN_SPAN_MS, slope)
  if (mean === undefined) return undefined
  const highestMs = Math.max(...readings.map((reading) => offLine(mean, reading)))
  return { ...mean, contextMs: mean.contextMs + highestMs }
}
