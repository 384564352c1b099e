/** This moment of the audio is at the loudspeaker at that time. */
export interface OutputTimestamp {
  /** Seconds on the context's clock. */
  readonly contextTime: number
  /** Monotonic ms. */
  readonly performanceTime: number
}

/** The context's clock, in ms, as a straight function of the monotonic one. */
export interface Line {
  readonly atMs: number
  readonly contextMs: number
  /** Ms of the context in one of ours: 1, but for what two crystals differ. */
  readonly slope: number
}

/** No two crystals differ by more, and half of it is rare. */
export const MAX_SLOPE_ERROR = 0.0005

export const contextMsAt = (line: Line, localMs: number): number =>
  line.contextMs + (localMs - line.atMs) * line.slope

/** How far a reading lies ahead of the line, ms. */
export const offLine = (line: Line, { contextTime, performanceTime }: OutputTimestamp): number =>
  contextTime * 1000 - contextMsAt(line, performanceTime)

/**
 * The least-squares line through readings in order of time.
 *
 * @param minSpanMs  before so much is covered the slope is noise, and `knownSlope` is nearer
 * @returns undefined without any reading
 */
export function fitLine(
  readings: readonly OutputTimestamp[],
  minSpanMs: number,
  knownSlope: number,
): Line | undefined {
  const [first] = readings
  const last = readings.at(-1)
  if (first === undefined || last === undefined) return undefined
  const count = readings.length
  const atMs = readings.reduce((sum, r) => sum + r.performanceTime, 0) / count
  const contextMs = readings.reduce((sum, r) => sum + r.contextTime * 1000, 0) / count
  const isLong = last.performanceTime - first.performanceTime >= minSpanMs
  return { atMs, contextMs, slope: isLong ? slopeOf(readings, atMs, contextMs) : knownSlope }
}

function slopeOf(readings: readonly OutputTimestamp[], meanX: number, meanY: number): number {
  let xy = 0
  let xx = 0
  for (const { performanceTime, contextTime } of readings) {
    const dx = performanceTime - meanX
    xy += dx * (contextTime * 1000 - meanY)
    xx += dx * dx
  }
  return Math.max(1 - MAX_SLOPE_ERROR, Math.min(1 + MAX_SLOPE_ERROR, xy / xx))
}
