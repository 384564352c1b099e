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
  /** Shortest round trip in the window; half of it bounds the error of the offset. */
  readonly rttMs: number
  readonly samples: number
}

/** What the round trips of one link say about the two clocks at its ends. */
export interface LinkClock {
  /** Takes one round trip; nonsense (negative, not finite, absurdly long) is ignored. */
  add(trip: RoundTrip): void
  /** Undefined before the first usable round trip. */
  estimate(nowMs: number): LinkEstimate | undefined
}

const WINDOW_SAMPLES = 32
const WINDOW_MS = 60_000
const MAX_RTT_MS = 10_000
/** Crystals differ by up to some 100 ppm: an older sample has lost this much of its worth, in ms a ms. */
const AGEING = 0.0001
/** Clocks are read in steps, and a busy page reads late. */
const STAMP_MS = 1

interface Sample {
  readonly atMs: number
  readonly offsetMs: number
  readonly rttMs: number
}

/**
 * The minimum-RTT filter: of a window of round trips the quickest one waited least in queues, so its offset errs
 * least (NTP's clock filter, RFC 5905 section 10); age is charged at the rate at which crystals drift apart.
 */
export function createLinkClock(): LinkClock {
  let samples: readonly Sample[] = []
  /** The last sample that contradicts the ones before it; a second one in a row shows that a clock was moved. */
  let contradiction: Sample | undefined
  return {
    add(trip) {
      const sample = toSample(trip)
      if (sample === undefined) return
      const contradicts = samples.some((old) => excludes(old, sample))
      if (contradicts && contradiction !== undefined) samples = [contradiction]
      contradiction = contradicts ? sample : undefined
      samples = [...samples, sample].slice(-WINDOW_SAMPLES)
    },
    estimate(nowMs) {
      const fresh = samples.filter((sample) => nowMs - sample.atMs <= WINDOW_MS)
      const usable = fresh.length > 0 ? fresh : samples.slice(-1)
      const [first] = usable
      if (first === undefined) return undefined
      const cost = (sample: Sample): number => sample.rttMs / 2 + (nowMs - sample.atMs) * AGEING
      const best = usable.reduce((a, b) => (cost(b) < cost(a) ? b : a), first)
      const rttMs = usable.reduce((least, sample) => Math.min(least, sample.rttMs), best.rttMs)
      return { offsetMs: best.offsetMs, rttMs, samples: usable.length }
    },
  }
}

/** Each offset is right to within half of its round trip: two that lie farther apart are of clocks that were moved. */
function excludes(old: Sample, sample: Sample): boolean {
  const boundMs = (old.rttMs + sample.rttMs) / 2 + (sample.atMs - old.atMs) * AGEING
  return Math.abs(sample.offsetMs - old.offsetMs) > boundMs + STAMP_MS
}

function toSample(trip: RoundTrip): Sample | undefined {
  const rttMs = trip.receivedMs - trip.sentMs - (trip.theirSentMs - trip.theirReceivedMs)
  const offsetMs = (trip.theirReceivedMs - trip.sentMs + trip.theirSentMs - trip.receivedMs) / 2
  if (!Number.isFinite(offsetMs) || !(rttMs >= 0 && rttMs <= MAX_RTT_MS)) return undefined
  return { atMs: trip.receivedMs, offsetMs, rttMs }
}
