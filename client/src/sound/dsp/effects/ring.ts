import { BLOCK } from '../strip.ts'
import { valueAt } from './sanity.ts'
import { within } from './smoothing.ts'

/** The last frames of a signal, as many as a power of two. */
export type Ring = Float32Array

/** Frames beside those that are read, which interpolation looks at. */
const NEIGHBOURS = 4
/** A ring reads no less far back than this, so that a block can be read before it is written. */
export const SHORTEST_DELAY = BLOCK + NEIGHBOURS

/** Room for delays of so many frames, read before their block is written. */
export const createRing = (longestDelay: number): Ring =>
  new Float32Array(Math.pow(2, Math.ceil(Math.log2(longestDelay + SHORTEST_DELAY))))

/** What is below -160 dB is silence, so that echoes of echoes end. */
const UNHEARD = 1e-8

export const heard = (sample: number): number => (Math.abs(sample) < UNHEARD ? 0 : sample)

/** Writes samples to the frames from `at`; a block in which nothing is heard as silence. @returns whether it is that */
export function writeRing(ring: Ring, at: number, samples: Float64Array, count: number): boolean {
  const mask = ring.length - 1
  let sum = 0
  for (let i = 0; i < count; i++) {
    const sample = valueAt(samples, i)
    ring[(at + i) & mask] = sample
    sum += Math.abs(sample)
  }
  return hushRing(ring, at, count, sum)
}

/** Takes a block for silence of which nothing is heard. @param sum  of its absolute samples @returns whether it is that */
export function hushRing(ring: Ring, at: number, count: number, sum: number): boolean {
  if (sum >= UNHEARD) return false
  const mask = ring.length - 1
  for (let i = 0; sum !== 0 && i < count; i++) ring[(at + i) & mask] = 0
  return true
}

export const frameAt = (ring: Ring, at: number): number => ring[at] ?? 0

/** Where a head of a ring reads. Kept in a record: numbers handed over one by one would be objects. */
export interface Head {
  /** Frames back from the first frame of the block and from the one after its last, at least `SHORTEST_DELAY`. */
  begin: number
  end: number
}

export interface MovingHead extends Head {
  /** Where it is to be after the coming block. */
  goal: number
}

/** Frames by which a head may move in each frame of the block: what leaps is followed by a glide. */
const FASTEST = 0.05

/** Lets a head go on to its goal, in a block of so many frames. */
export function moveHead(head: MovingHead, count: number): void {
  const reach = FASTEST * count
  head.begin = head.end
  head.end = head.begin + within(-reach, reach, head.goal - head.begin)
}

/**
 * Reads a block from where a head stands: cubic Hermite interpolation (Catmull-Rom), which keeps nearly all highs.
 *
 * @param at  first frame of the block that is written next
 */
export function readRing(
  ring: Ring,
  at: number,
  { end: delay }: Head,
  out: Float64Array,
  count: number,
): void {
  const mask = ring.length - 1
  const whole = delay | 0
  const share = delay - whole
  const place = at - whole
  const square = share * share
  const firstShare = 0.5 * square * (share - 1)
  const beforeShare = 0.5 * share + square * (2 - 1.5 * share)
  const hereShare = 1 + square * (1.5 * share - 2.5)
  const afterShare = share * (share - 0.5 - 0.5 * square)
  let first = frameAt(ring, (place - 2) & mask)
  let before = frameAt(ring, (place - 1) & mask)
  let here = frameAt(ring, place & mask)
  for (let i = 0; i < count; i++) {
    const after = frameAt(ring, (place + i + 1) & mask)
    out[i] = firstShare * first + beforeShare * before + (hereShare * here + afterShare * after)
    first = before
    before = here
    here = after
  }
}

/** Adds a block from a head that moves. From one frame to the next three of the four that it looks at are the same. */
export function addRing(
  ring: Ring,
  at: number,
  { begin, end }: Head,
  out: Float64Array,
  count: number,
): void {
  const mask = ring.length - 1
  const step = (end - begin) / count
  for (let from = 0; from < count;) {
    const delay = begin + step * (from + 1)
    const whole = delay | 0
    let share = delay - whole
    // Frames until the head has moved on by a whole one; all, where it stands.
    const reach = (0.5 + (0.5 - share) * Math.sign(step)) / Math.abs(step)
    const to = Math.min(count, from + (Math.min(count, reach) | 0) + 1)
    const place = at - whole
    let before = frameAt(ring, (place + from - 1) & mask)
    let here = frameAt(ring, (place + from) & mask)
    let slopeBefore = 0.5 * (frameAt(ring, (place + from - 2) & mask) - here)
    for (let i = from; i < to; i++) {
      const after = frameAt(ring, (place + i + 1) & mask)
      const slope = 0.5 * (before - after)
      const rise = here - before + slope
      const twist = rise + (here - before) + slopeBefore
      out[i] = valueAt(out, i) + (((twist * share - (twist + rise)) * share + slope) * share + here)
      share += step
      before = here
      here = after
      slopeBefore = slope
    }
    from = to
  }
}
