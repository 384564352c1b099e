import { MAX_RATCHET } from '../sequence/pattern.ts'

/** One or several notes of a pitch that make one note of a pattern; times in steps. */
export interface Beaten {
  readonly at: number
  readonly end: number
  /** 1 to 127. */
  readonly velocity: number
  /** Notes of the file that it stands for. */
  readonly strokes: number
  readonly ratchet: number
  readonly flam: boolean
}

export interface JoinOptions {
  /** How long a tick of the file is: times are off by half of it. */
  readonly tickSteps: number
  /** How long before its stroke the soft one of a flam is. */
  readonly flamSteps: number
}

/** Of what they are taken for: as the engine strikes them, and how far from it they may be. */
const FLAM_VELOCITY = 0.45
const RATCHET_VELOCITY = 0.85
const FLAM_SLACK = 0.75
const RATCHET_SLACK = 0.51
const MOST_SLACK_STEPS = 1 / 24
/** Closer to what follows than this the second of two cannot have a step of its own. */
const DENSE_STEPS = 0.75

/** Makes flams and ratchets of strokes of one pitch that can be nothing else. @param strokes  by time */
export function joinedStrokes(strokes: readonly Beaten[], options: JoinOptions): readonly Beaten[] {
  const slack = Math.min(MOST_SLACK_STEPS, 1.01 * options.tickSteps)
  const joined: Beaten[] = []
  for (let index = 0; index < strokes.length;) {
    const flam = flamAt(strokes, index, options.flamSteps, slack)
    const from = index + (flam ? 1 : 0)
    const count = ratchetAt(strokes, from, slack)
    const [first, last] = [strokes[from], strokes[from + count - 1]]
    if (first === undefined || last === undefined) break
    const all = count + (flam ? 1 : 0)
    joined.push({ ...first, end: last.end, ratchet: count, flam, strokes: all })
    index += all
  }
  return joined
}

/** Whether a stroke is the soft one of a flam with the next. */
function flamAt(
  strokes: readonly Beaten[],
  index: number,
  flamSteps: number,
  slack: number,
): boolean {
  const [soft, hard] = [strokes[index], strokes[index + 1]]
  if (soft === undefined || hard === undefined) return false
  const isThere = Math.abs(hard.at - soft.at - flamSteps) <= slack
  if (!isThere || !isShare(soft.velocity, hard.velocity, FLAM_VELOCITY, FLAM_SLACK)) return false
  // As soft as can be both are: then it may as well be the first of a ratchet.
  return soft.velocity < hard.velocity || ratchetAt(strokes, index, slack) === 1
}

/** How many strokes from one on are struck within one step, evenly: 1 to 4. */
function ratchetAt(strokes: readonly Beaten[], from: number, slack: number): number {
  for (let count = MAX_RATCHET; count > 1; count--) {
    if (isEven(strokes, from, count, slack) && isOne(strokes, from, count)) return count
  }
  return 1
}

function isEven(strokes: readonly Beaten[], from: number, count: number, slack: number): boolean {
  const first = strokes[from]
  if (first === undefined) return false
  for (let index = 1; index < count; index++) {
    const stroke = strokes[from + index]
    if (stroke === undefined || Math.abs(stroke.at - first.at - index / count) > slack) return false
  }
  return true
}

/** Whether so many even strokes are softer as those of a ratchet are, or have no steps of their own. */
function isOne(strokes: readonly Beaten[], from: number, count: number): boolean {
  const group = strokes.slice(from, from + count)
  const [first, ...others] = group
  if (first === undefined) return false
  if (count > 2) return true
  if (
    others.every(({ velocity }) =>
      isShare(velocity, first.velocity, RATCHET_VELOCITY, RATCHET_SLACK),
    )
  )
    return true
  const [last, next] = [group.at(-1), strokes[from + count]]
  return last !== undefined && next !== undefined && next.at - last.at < DENSE_STEPS
}

const isShare = (velocity: number, whole: number, share: number, slack: number): boolean =>
  Math.abs(velocity - Math.max(1, whole * share)) <= slack
