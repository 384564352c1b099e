/** What another clock said when it was asked for our time. All three in monotonic milliseconds. */
export interface ClockReading {
  readonly askedMs: number
  /** Our time as it believed. */
  readonly readMs: number
  readonly heardMs: number
}

/** Browsers round their clocks by up to a tenth; what is less than this is rounding. */
const TOLERANCE_MS = 0.05

/**
 * What is missing at a clock that is asked for our time, by the quickest of the answers.
 *
 * A clock that is right reads a moment between question and answer. One that does gets no correction, for the middle
 * of the two is no better a guess.
 *
 * @returns ms to add; 0 when it may be right. No further from the truth than half the quickest round trip.
 */
export function correctionOf(readings: readonly ClockReading[]): number {
  const [first, ...others] = readings
  if (first === undefined) return 0
  const best = others.reduce((a, b) => (tripMs(b) < tripMs(a) ? b : a), first)
  const leastMs = best.askedMs - best.readMs - TOLERANCE_MS
  const mostMs = best.heardMs - best.readMs + TOLERANCE_MS
  return leastMs <= 0 && mostMs >= 0 ? 0 : (best.askedMs + best.heardMs) / 2 - best.readMs
}

const tripMs = ({ askedMs, heardMs }: ClockReading): number => heardMs - askedMs
