import type { Stems } from '../dsp/master.ts'
import type { Sides, StemPlan } from './stem-types.ts'

/** Gathers what tracks add to a mix, group by group, in step with the finished mix. */
export interface StemDesk extends Stems {
  /** Of the part in work, in the order of the groups. */
  readonly sides: readonly Sides[]
  /** Before each part; */
  begin(): void
  /** and after it. @param left, right  the finished mix of the same frames */
  finish(left: Float32Array, right: Float32Array): void
}

interface Gathered extends Sides {
  /** What is ahead of the finished mix by its latency: the frames that are finished, and then some. */
  readonly aheadLeft: Float64Array
  readonly aheadRight: Float64Array
}

/** Too little to tell by how much it was turned up or down: the last that could be told holds. */
const UNTOLD = 1e-9

/** @param latency  frames by which the finished mix lags behind @param frames  of a part */
export function createStemDesk(
  plan: StemPlan | undefined,
  latency: number,
  frames: number,
): StemDesk {
  const gathered = (): Gathered => ({
    left: new Float32Array(frames),
    right: new Float32Array(frames),
    aheadLeft: new Float64Array(frames + latency),
    aheadRight: new Float64Array(frames + latency),
  })
  const groups = (plan?.groups ?? []).map(gathered)
  const whole = gathered()
  const gains = new Float64Array(frames).fill(1)
  const groupOf = new Map(
    plan?.groups.flatMap((ids, place) => ids.map((id) => [id, groups[place]] as const)),
  )
  let gain = 1

  const follow = (left: Float32Array, right: Float32Array): void => {
    for (let i = 0; i < frames; i++) {
      const inLeft = whole.aheadLeft[i] ?? 0
      const inRight = whole.aheadRight[i] ?? 0
      const isLeft = Math.abs(inLeft) > Math.abs(inRight)
      const into = isLeft ? inLeft : inRight
      if (Math.abs(into) > UNTOLD) gain = ((isLeft ? left[i] : right[i]) ?? 0) / into
      gains[i] = gain
    }
  }
  return {
    sides: groups,
    begin() {
      for (const { aheadLeft, aheadRight } of [whole, ...groups]) {
        for (const ahead of [aheadLeft, aheadRight]) {
          ahead.copyWithin(0, frames)
          ahead.fill(0, latency)
        }
      }
    },
    take(id, left, right, at, count) {
      add(whole, left, right, latency + at, count)
      const group = groupOf.get(id)
      if (group !== undefined) add(group, left, right, latency + at, count)
    },
    finish(left, right) {
      if (plan === undefined) return
      if (plan.isMastered) follow(left, right)
      for (const group of groups) {
        for (let i = 0; i < frames; i++) {
          group.left[i] = (group.aheadLeft[i] ?? 0) * (gains[i] ?? 1)
          group.right[i] = (group.aheadRight[i] ?? 0) * (gains[i] ?? 1)
        }
      }
    },
  }
}

function add(
  { aheadLeft, aheadRight }: Gathered,
  left: Float64Array,
  right: Float64Array,
  at: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    aheadLeft[at + i] = (aheadLeft[at + i] ?? 0) + (left[i] ?? 0)
    aheadRight[at + i] = (aheadRight[at + i] ?? 0) + (right[i] ?? 0)
  }
}
