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
const WINDOW_READINGS = 80
/** A reading this far off the line means that the audio stopped for a while; a new line begins. */
const LEAP_MS = 30
const MAX_SLOPE_ERROR = 0.0005
/** Before this span is covered the slope is noise; the nominal one is nearer. */
const MIN_SPAN_MS = 2000

interface Line {
  readonly atMs: number
  readonly contextMs: number
  readonly slope: number
}

/** A straight line through recent readings (least squares), as Ableton Link's host time filter draws one. */
export function createAudioMap(sampleRate: number): AudioMap {
  let readings: readonly OutputTimestamp[] = []
  let line: Line | undefined
  return {
    add(reading) {
      if (!isPlausible(reading, readings.at(-1))) return
      const offMs =
        line === undefined
          ? 0
          : reading.contextTime * 1000 - contextMsAt(line, reading.performanceTime)
      const kept = Math.abs(offMs) > LEAP_MS ? [] : readings
      readings = [...kept, reading]
        .filter((old) => reading.performanceTime - old.performanceTime <= WINDOW_MS)
        .slice(-WINDOW_READINGS)
      line = fit(readings)
    },
    frameAt: (localMs) =>
      line === undefined ? undefined : (contextMsAt(line, localMs) / 1000) * sampleRate,
  }
}

const contextMsAt = (line: Line, localMs: number): number =>
  line.contextMs + (localMs - line.atMs) * line.slope

function isPlausible(reading: OutputTimestamp, last: OutputTimestamp | undefined): boolean {
  const { contextTime, performanceTime } = reading
  // Before the first buffer reaches the loudspeaker browsers report zeros.
  if (!(contextTime > 0 && performanceTime > 0 && Number.isFinite(contextTime + performanceTime)))
    return false
  return last === undefined || performanceTime > last.performanceTime
}

function fit(readings: readonly OutputTimestamp[]): Line | undefined {
  const [first] = readings
  const last = readings.at(-1)
  if (first === undefined || last === undefined) return undefined
  const count = readings.length
  const meanX = readings.reduce((sum, r) => sum + r.performanceTime, 0) / count
  const meanY = readings.reduce((sum, r) => sum + r.contextTime * 1000, 0) / count
  return {
    atMs: meanX,
    contextMs: meanY,
    slope: slopeOf(readings, meanX, meanY, last.performanceTime - first.performanceTime),
  }
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
