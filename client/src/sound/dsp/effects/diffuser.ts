import { BLOCK } from '../strip.ts'
import { createRing, frameAt, heard, type Ring } from './ring.ts'

/**
 * A pre-delay, and three allpasses that spread each click into many, all frequencies alike (Schroeder, "Natural
 * Sounding Artificial Reverberation", 1962).
 */
export interface Diffuser {
  readonly preDelay: Ring
  readonly one: Ring
  readonly two: Ring
  readonly three: Ring
  /** Frames of the pre-delay and of the three. */
  readonly delays: Delays
}

export type Delays = readonly [number, number, number, number]

const FEEDBACK = 0.62

export const createDiffuser = (delays: Delays): Diffuser => ({
  preDelay: createRing(delays[0] + BLOCK),
  one: createRing(delays[1] + BLOCK),
  two: createRing(delays[2] + BLOCK),
  three: createRing(delays[3] + BLOCK),
  delays,
})

/**
 * Writes what was written to the pre-delay before, diffused. In one loop, which takes half of the time of four.
 *
 * @param at  where the block stands in all rings
 */
export function readDiffused(
  { preDelay, one, two, three, delays }: Diffuser,
  at: number,
  out: Float64Array,
  count: number,
): void {
  const preMask = preDelay.length - 1
  const mask1 = one.length - 1
  const mask2 = two.length - 1
  const mask3 = three.length - 1
  const [preDelayFrames, delay1, delay2, delay3] = delays
  for (let i = 0; i < count; i++) {
    const now = at + i
    const delayed1 = frameAt(one, (now - delay1) & mask1)
    const delayed2 = frameAt(two, (now - delay2) & mask2)
    const delayed3 = frameAt(three, (now - delay3) & mask3)
    const sum1 = heard(frameAt(preDelay, (now - preDelayFrames) & preMask) + FEEDBACK * delayed1)
    const sum2 = heard(delayed1 - FEEDBACK * sum1 + FEEDBACK * delayed2)
    const sum3 = heard(delayed2 - FEEDBACK * sum2 + FEEDBACK * delayed3)
    one[now & mask1] = sum1
    two[now & mask2] = sum2
    three[now & mask3] = sum3
    out[i] = delayed3 - FEEDBACK * sum3
  }
}
