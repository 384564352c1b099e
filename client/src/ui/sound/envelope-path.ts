/** Four values of an envelope: seconds, a share, seconds. */
export interface EnvelopeLevels {
  readonly attack: number
  readonly decay: number
  readonly sustain: number
  readonly release: number
}

/** Where the corners of its drawing are, as shares of the field from its left and its upper edge. */
export interface EnvelopeCorners {
  readonly peak: { readonly x: number; readonly y: number }
  readonly held: { readonly x: number; readonly y: number }
  readonly end: { readonly x: number; readonly y: number }
}

/** Each of the four parts gets at most a quarter, so that every knob visibly moves the curve. */
const PART = 1 / 4
/** Where a held note ends. */
export const LET_GO = 1 - PART
const TOP = 0.1
const FIELD = 100

/** The time axis is bent, to show short times. @param most  the longest of each time */
export function envelopeCorners(levels: EnvelopeLevels, most: EnvelopeLevels): EnvelopeCorners {
  const peak = secondsToWidth(levels.attack, most.attack)
  return {
    peak: { x: peak, y: TOP },
    held: {
      x: peak + secondsToWidth(levels.decay, most.decay),
      y: 1 - levels.sustain * (1 - TOP),
    },
    end: { x: LET_GO + secondsToWidth(levels.release, most.release), y: 1 },
  }
}

const secondsToWidth = (seconds: number, most: number): number =>
  PART * Math.cbrt(Math.min(1, seconds / most))

export const widthToSeconds = (width: number, most: number): number =>
  most * Math.max(0, Math.min(1, width / PART)) ** 3

/** How loud it is held where the hand is. */
export const heightToSustain = (y: number): number => Math.max(0, Math.min(1, (1 - y) / (1 - TOP)))

/** As an SVG path on a field of 100 by 100: up in a straight line, and down in bends, as the engine does. */
export function envelopePath({ peak, held, end }: EnvelopeCorners): string {
  const fall = `Q${bend(peak.x, held.x)} ${at(held.y)} ${at(held.x)} ${at(held.y)}`
  const ring = `Q${bend(LET_GO, end.x)} ${at(end.y)} ${at(end.x)} ${at(end.y)}`
  return `M0 ${FIELD}L${at(peak.x)} ${at(peak.y)}${fall}H${at(LET_GO)}${ring}`
}

const at = (share: number): number => Math.round(share * FIELD * 100) / 100
/** A third of the way there the bend is half done. */
const bend = (from: number, to: number): number => at(from + (to - from) / 3)
