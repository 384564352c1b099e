/** What one neighbour says of the shared time. */
export interface Opinion {
  /** Its shared time less ours, ms. */
  readonly errorMs: number
  readonly rttMs: number
  readonly spreadMs: number
  /** How far it was corrected in the last minutes beyond what its crystal says, ms. */
  readonly leantMs: number
}

/** What all of them say together. */
export interface Verdict {
  /** How far we are behind, ms. */
  readonly errorMs: number
  /** How far all of us were corrected in the last minutes, ms: by somebody who is never content, for errors cancel out. */
  readonly draggedMs: number
  /** For each opinion whether it counted. */
  readonly trusted: readonly boolean[]
}

/** With so many, ourselves included, a majority outvotes one who is wrong. */
const VOTERS = 4
/** Even an idle room's clocks differ by so much, ms. */
const TOLERANCE_MS = 0.5
/** Times the middle distance from the median: what no honest peer exceeds. */
const OUTLIER_MEDIANS = 5
/** An opinion within tolerance still pulls no harder than one that is so many middle distances off. */
const PULL_MEDIANS = 2
const PULL_MS = 0.1
const WEIGHT_FLOOR_MS = 2
/** The nearest neighbour is nearly always right, but it is one peer. */
const MAX_SHARE = 0.5

/**
 * The weighted mean of the neighbours, the near ones weighing most: their error is bounded by the round trip. From four
 * peers on, whoever is far from the median does not count, and nobody pulls harder than the others do.
 *
 * @param opinions one or more
 * @param leantMs our own
 */
export function weigh(opinions: readonly Opinion[], leantMs: number): Verdict {
  const isVote = opinions.length + 1 >= VOTERS
  const trusted = isVote ? vote(opinions) : opinions.map(() => true)
  const counted = opinions.filter((_, index) => trusted[index])
  const errors = isVote ? clipped(counted) : counted.map(({ errorMs }) => errorMs)
  const shares = sharesOf(counted, isVote)
  const errorMs = sum(errors.map((each, index) => each * (shares[index] ?? 0)))
  const draggedMs = isVote ? medianOf([leantMs, ...opinions.map((each) => each.leantMs)]) : 0
  return { errorMs, draggedMs, trusted }
}

/**
 * At which rate our clock keeps up with the middle crystal of us all; of up to three with their mean.
 *
 * @param slopes how much faster the others' crystals run than ours
 */
export function crystalRate(slopes: readonly number[]): number {
  if (slopes.length + 1 >= VOTERS) return medianOf([0, ...slopes])
  return sum(slopes) / (slopes.length + 1)
}

/** Whose opinion lies near the median, ourselves among the voters. */
function vote(opinions: readonly Opinion[]): readonly boolean[] {
  const { middleMs, usualMs } = middleOf(opinions)
  // The middle one of the spreads: whoever answers at random has a wide one.
  const spreadMs = medianOf(opinions.map((opinion) => opinion.spreadMs))
  const toleranceMs = TOLERANCE_MS + spreadMs + OUTLIER_MEDIANS * usualMs
  return opinions.map(({ errorMs }) => Math.abs(errorMs - middleMs) <= toleranceMs)
}

function clipped(opinions: readonly Opinion[]): readonly number[] {
  const { middleMs, usualMs } = middleOf(opinions)
  const pullMs = PULL_MS + PULL_MEDIANS * usualMs
  return opinions.map(({ errorMs }) =>
    Math.max(middleMs - pullMs, Math.min(middleMs + pullMs, errorMs)),
  )
}

/** The median of the opinions and our own, and the median distance from it. */
function middleOf(opinions: readonly Opinion[]): { middleMs: number; usualMs: number } {
  const errors = [0, ...opinions.map(({ errorMs }) => errorMs)]
  const middleMs = medianOf(errors)
  return { middleMs, usualMs: medianOf(errors.map((errorMs) => Math.abs(errorMs - middleMs))) }
}

/** Each neighbour's share in the whole; in a vote none above `MAX_SHARE`, if there are others. */
function sharesOf(opinions: readonly Opinion[], isVote: boolean): readonly number[] {
  const weights = opinions.map(({ rttMs }) => 1 / (rttMs + WEIGHT_FLOOR_MS) ** 2)
  const heaviest = Math.max(...weights)
  const rest = sum(weights) - heaviest
  const most = isVote && opinions.length > 1 ? rest * (MAX_SHARE / (1 - MAX_SHARE)) : Infinity
  const capped = weights.map((weight) => Math.min(weight, most))
  const total = sum(capped)
  return capped.map((weight) => weight / total)
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? 0)) / 2
}
