/** Where the needle of a meter stands, as shares of its way. */
export interface Needle {
  readonly level: number
  /** The highest of late. */
  readonly hold: number
  /** How long it has held, in seconds. */
  readonly heldSeconds: number
}

export const AT_REST: Needle = { level: 0, hold: 0, heldSeconds: 0 }

/** Shares of the way in a second, once the peak has passed. */
const FALL = 0.9
const HOLD_SECONDS = 1.2
const HOLD_FALL = 0.6

/**
 * By the law of the faders, so that one scale serves both.
 *
 * @param level absolute sample; 1 is full scale, which is the whole way
 */
export const levelToShare = (level: number): number => Math.sqrt(Math.max(0, Math.min(1, level)))

/**
 * Jumps up to a peak and falls slowly.
 *
 * @param peak    as a share of the way
 * @param seconds since it was last moved
 */
export function needleAfter(needle: Needle, peak: number, seconds: number): Needle {
  const level = Math.max(peak, needle.level - FALL * seconds, 0)
  if (level >= needle.hold) return { level, hold: level, heldSeconds: 0 }
  const heldSeconds = needle.heldSeconds + seconds
  const fall = heldSeconds > HOLD_SECONDS ? HOLD_FALL * seconds : 0
  return { level, hold: Math.max(level, needle.hold - fall), heldSeconds }
}

export const isAtRest = ({ level, hold }: Needle): boolean => level === 0 && hold === 0
