import { backoffMs } from '../lib/backoff.ts'

/** The first try after a loss falls anywhere within it. */
const BASE_MS = 1000
const CAP_MS = 3000
/** For a page nobody looks at; shorter than the time after which the server gives a seat up. */
const HIDDEN_CAP_MS = 10_000

interface Loss {
  /** Tries since the last welcome, from 0. */
  readonly attempt: number
  readonly isVisible: boolean
  /** What the server asked for, which is obeyed within reason. */
  readonly askedMs: number | undefined
}

/** @param random  from 0 (inclusive) to 1 (exclusive). @returns how long to wait for the next try, in ms */
export const retryWaitMs = ({ attempt, isVisible, askedMs }: Loss, random: number): number =>
  askedMs === undefined
    ? backoffMs(attempt, random, BASE_MS, isVisible ? CAP_MS : HIDDEN_CAP_MS)
    : Math.min(askedMs, HIDDEN_CAP_MS)
