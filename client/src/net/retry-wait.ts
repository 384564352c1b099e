import { backoffMs } from '../lib/backoff.ts'

/** The first try after a loss falls anywhere within it. */
const BASE_MS = 1000
/**
 * The later ones wait almost as long at least, so that few of them meet others' first, and so much longer at most: all
 * are back within two seconds of a server's return, and a crowd does not knock at one moment.
 */
const LATER = { leastMs: 800, moreMs: 900 } as const
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
export function retryWaitMs({ attempt, isVisible, askedMs }: Loss, random: number): number {
  if (askedMs !== undefined) return Math.min(askedMs, HIDDEN_CAP_MS)
  if (!isVisible) return backoffMs(attempt, random, BASE_MS, HIDDEN_CAP_MS)
  return attempt === 0 ? random * BASE_MS : LATER.leastMs + random * LATER.moreMs
}
