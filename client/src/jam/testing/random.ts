/** Numbers that look random and are the same for the same seed. */
export interface Draws {
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly next: () => number
  readonly between: (low: number, high: number) => number
  /** Of an exponential distribution with that mean. */
  readonly exponential: (mean: number) => number
}

/** The generator Mulberry32 (Tommy Ettinger, public domain); streams of different keys have nothing in common. */
export function createDraws(...keys: readonly number[]): Draws {
  let state = keys.reduce((mixed, key) => Math.imul(mixed ^ (key + 0x9e3779b9), 0x85ebca6b), 1)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    exponential: (mean) => -mean * Math.log(1 - next()),
  }
}
