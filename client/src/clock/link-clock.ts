import { fitLine, type Line, type Point } from './line-fit.ts'

/** One round trip to a peer and back: two moments on our clock, two on theirs; all in ms of a monotonic clock. */
export interface RoundTrip {
  readonly sentMs: number
  readonly theirReceivedMs: number
  readonly theirSentMs: number
  readonly receivedMs: number
}

export interface LinkEstimate {
  /** What to add to our clock's reading to get theirs, in ms. */
  readonly offsetMs: number
  /** How much faster their clock runs than ours: 0.00005 gains 50 µs a second. */
  readonly slope: number
  /** Shortest round trip in the window; half of it bounds the error of the offset. */
  readonly rttMs: number
  /** How far the best round trips scatter about their line, ms, one standard deviation. */
  readonly spreadMs: number
  readonly samples: number
}

/** What the round trips of one link say about the two clocks at its ends. */
export interface LinkClock {
  /** Takes one round trip; nonsense (negative, not finite, absurdly long) is ignored. */
  add(trip: RoundTrip): void
  /** Undefined before the first usable round trip. */
  estimate(nowMs: number): LinkEstimate | undefined
  /** What 19 of 20 of the last messages needed one way, ms: half of their round trips; 0 before the first. */
  oneWayP95Ms(): number
}

const BUCKET_MS = 5000
/** Two minutes of buckets: long enough to tell crystals apart to a part in a million, short enough to follow warmth. */
const BUCKETS = 24
const MAX_RTT_MS = 10_000
const RECENT_TRIPS = 40
/** Clocks are read in steps of a tenth of a millisecond, and a moment passes before a message is seen. */
const STAMP_MS = 0.1
/** Crystals differ by some 40 ppm (one standard deviation), and by no more than 200. */
const SLOPE_SD = 40e-6
const MAX_SLOPE = 200e-6
/** An offset this far outside what the line and both round trips allow is of a clock that was moved. */
const MOVED_MS = 1
/** The shortest round trip has been longer for so many buckets, by more than chance: the route is another one. */
const ROUTE_BUCKETS = 6
const ROUTE_MS = 2
const ROUTE_SHARE = 0.1

interface Sample {
  readonly atMs: number
  readonly offsetMs: number
  readonly rttMs: number
}

/**
 * A line through the best round trips. Of each five seconds the quickest one waited least in queues, so its offset errs
 * least (the clock filter of NTP, RFC 5905 section 10); a straight line through two minutes of these tells how fast the
 * two clocks drift apart, so that none of them is out of date. An asymmetric path moves the line, and no filter can
 * tell: by half of the difference of the two ways.
 */
export function createLinkClock(): LinkClock {
  /** The quickest sample of each bucket, oldest first. */
  let best: readonly Sample[] = []
  let recentRtts: readonly number[] = []
  let samples = 0
  /** The last sample that contradicts the line; a second one in a row shows that a clock was moved. */
  let contradiction: Sample | undefined
  let fitted: Fitted | undefined

  const start = (kept: readonly Sample[]): void => {
    best = []
    samples = 0
    recentRtts = []
    for (const sample of kept) insert(sample)
  }
  const insert = (sample: Sample): void => {
    samples += 1
    recentRtts = [...recentRtts, sample.rttMs].slice(-RECENT_TRIPS)
    const bucket = bucketOf(sample)
    const at = best.findIndex((other) => bucketOf(other) === bucket)
    const other = best[at]
    if (other !== undefined && other.rttMs <= sample.rttMs) return
    const rest = best.filter((_, index) => index !== at)
    best = [...rest, sample].filter((each) => bucket - bucketOf(each) < BUCKETS)
    if (hasNewRoute(best, bucket)) {
      best = best.filter((each) => bucket - bucketOf(each) < ROUTE_BUCKETS)
    }
    fitted = undefined
  }
  const fit = (): Fitted | undefined => {
    fitted ??= fitBest(best)
    return fitted
  }
  return {
    add(trip) {
      const sample = toSample(trip)
      if (sample === undefined) return
      const line = fit()
      const contradicts = line !== undefined && contradictsLine(line, sample)
      if (!contradicts) {
        contradiction = undefined
        insert(sample)
      } else if (contradiction === undefined) contradiction = sample
      else {
        const first = contradiction
        contradiction = undefined
        fitted = undefined
        start([first, sample])
      }
    },
    estimate(nowMs) {
      const line = fit()
      if (line === undefined) return undefined
      return {
        offsetMs: line.offsetMs + line.slope * (nowMs - line.atMs),
        slope: line.slope,
        rttMs: line.rttMs,
        spreadMs: line.spreadMs,
        samples,
      }
    },
    oneWayP95Ms: () => percentile95(recentRtts) / 2,
  }
}

interface Fitted {
  /** The line's offset holds at this moment; the newest of its points. */
  readonly atMs: number
  readonly offsetMs: number
  readonly slope: number
  readonly rttMs: number
  readonly spreadMs: number
}

const bucketOf = ({ atMs }: Sample): number => Math.floor(atMs / BUCKET_MS)

function fitBest(best: readonly Sample[]): Fitted | undefined {
  const last = best.at(-1)
  if (last === undefined) return undefined
  const rttMs = best.reduce((least, sample) => Math.min(least, sample.rttMs), Infinity)
  const points: Point[] = best.map((sample) => ({
    x: sample.atMs - last.atMs,
    y: sample.offsetMs,
    // A longer way round may have waited on one side only: then the offset is wrong by half of it.
    sd: STAMP_MS + (sample.rttMs - rttMs) / 2,
  }))
  const line: Line = fitLine(points, SLOPE_SD)
  const slope = Math.max(-MAX_SLOPE, Math.min(MAX_SLOPE, line.slope))
  return { atMs: last.atMs, offsetMs: line.y0, slope, rttMs, spreadMs: line.spread }
}

/** Each offset is right to within half of its round trip: what lies outside is of clocks that were moved. */
function contradictsLine(line: Fitted, sample: Sample): boolean {
  const sinceMs = Math.abs(sample.atMs - line.atMs)
  const boundMs = (line.rttMs + sample.rttMs) / 2 + sinceMs * MAX_SLOPE + MOVED_MS
  const expectedMs = line.offsetMs + line.slope * (sample.atMs - line.atMs)
  return Math.abs(sample.offsetMs - expectedMs) > boundMs
}

/** Whether the newest buckets are all slower than the older ones ever had to be. */
function hasNewRoute(best: readonly Sample[], newest: number): boolean {
  let floorMs = Infinity
  let oldFloorMs = Infinity
  let recent = 0
  for (const sample of best) {
    if (newest - bucketOf(sample) < ROUTE_BUCKETS) {
      recent += 1
      floorMs = Math.min(floorMs, sample.rttMs)
    } else oldFloorMs = Math.min(oldFloorMs, sample.rttMs)
  }
  if (recent < ROUTE_BUCKETS || oldFloorMs === Infinity) return false
  return floorMs - oldFloorMs > Math.max(ROUTE_MS, oldFloorMs * ROUTE_SHARE)
}

function percentile95(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0
}

function toSample(trip: RoundTrip): Sample | undefined {
  const rttMs = trip.receivedMs - trip.sentMs - (trip.theirSentMs - trip.theirReceivedMs)
  const offsetMs = (trip.theirReceivedMs - trip.sentMs + trip.theirSentMs - trip.receivedMs) / 2
  if (!Number.isFinite(offsetMs) || !(rttMs >= 0 && rttMs <= MAX_RTT_MS)) return undefined
  return { atMs: trip.receivedMs, offsetMs, rttMs }
}
