import type { Dice } from './random.ts'

/** What a scenario is given. */
export interface Given {
  readonly seed: number
  /** Random schedules to play. */
  readonly count: number
  /** Index of the first of them, to play one again. */
  readonly first: number
  /** How long to look at what shows only with time. */
  readonly minutes: number
  /** Of this scenario alone, drawn from the seed. */
  readonly dice: Dice
}

/** A check of its own: what it came to in words, or what was wrong. */
export interface Verdict {
  readonly passed: number
  readonly failed: number
  readonly words: string
}

export interface Scenario {
  /** Unique; `--only` takes a part of it. */
  readonly name: string
  /** Resolves with the figures in words, or with counts of its own. @throws Error when something does not hold */
  readonly run: (given: Given) => Promise<string | Verdict>
}

/** @throws Error with the sentence when it does not hold */
export function must(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence)
}

/** Milliseconds, in words. */
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`
