/** Dice that throw the same numbers again for the same seed. */
export interface Dice {
  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number
  /** A whole number from 0 to `count - 1`. */
  below(count: number): number
  /** True in this share of throws, 0 to 1. */
  chance(share: number): boolean
  /** One of them; undefined when there is none. */
  pick<T>(items: readonly T[]): T | undefined
  /** A copy in another order. */
  shuffle<T>(items: readonly T[]): readonly T[]
  /** That many bytes. */
  bytes(count: number): Uint8Array
}

const GOLDEN = 0x6d2b79f5
const TWO_TO_32 = 4_294_967_296

/**
 * @param seed  whole; other seeds throw other numbers
 * @see Mulberry32, by Tommy Ettinger
 */
export function createDice(seed: number): Dice {
  let state = seed | 0
  const next = (): number => {
    state = (state + GOLDEN) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_32
  }
  const below = (count: number): number => Math.floor(next() * count)

  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: (items) => items[below(items.length)],
    shuffle(items) {
      const shuffled = [...items]
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = below(last + 1)
        const [a, b] = [shuffled[last], shuffled[other]]
        if (a !== undefined && b !== undefined) [shuffled[last], shuffled[other]] = [b, a]
      }
      return shuffled
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
  }
}

/** The seed of one of many cases that are drawn from one seed. */
export const seedOf = (seed: number, index: number): number =>
  Math.imul(seed ^ Math.imul(index + 1, GOLDEN), 0x9e3779b1) >>> 0
