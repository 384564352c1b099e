import { BLOCK } from '../strip.ts'
import { createRing, type Head, hushRing, readRing, type Ring, SHORTEST_DELAY } from './ring.ts'
import { sane, settle, valueAt } from './sanity.ts'
import { createRamp, glideRamp, poleShare, type Ramp, smoothingShare, within } from './smoothing.ts'

/** A ping-pong delay: what is sent comes back on the left, then on the right, and so on. */
export interface Echo {
  set(settings: EchoSettings): void
  /** From one repeat to the next; may be changed alone. */
  readonly time: EchoTime
  /** Adds the repeats of `count` samples that are sent to both sides, which may be where they are sent from. Whoever skips a silent echo loses nothing. */
  process(
    sendLeft: Float64Array,
    sendRight: Float64Array,
    left: Float64Array,
    right: Float64Array,
    count: number,
  ): void
  /** Whether silence sent gives silence out from now on. */
  isSilent(): boolean
}

/** Kept in a record: numbers handed over one by one would be objects. */
export interface EchoTime {
  /** With fractions; what is not from 132 (3 ms) to 2 seconds of them becomes it. */
  frames: number
}

export interface EchoSettings extends Readonly<EchoTime> {
  /** Of one repeat that is in the next, 0 to 0.9. */
  readonly feedback: number
  /** 0 to 1: how much of the highs is in the next repeat, below 900 Hz to 18 kHz. */
  readonly tone: number
  /** Of the first repeat, 0 to 1. */
  readonly level: number
}

const LONGEST_SECONDS = 2
const MOST_FEEDBACK = 0.9
const DARKEST_HZ = 900
const BRIGHTEST_RATIO = 20
/** Each repeat loses what is below, so that neither an offset nor a rumble builds up. */
const LOWEST_HZ = 60
/** For which a new delay is faded in over the old one. */
const FADE_SECONDS = 0.03
/** Frames by which a delay may be off before it is replaced. */
const SAME_DELAY = 0.05

interface EchoState {
  readonly time: EchoTime
  /** Of the longest repeat, and of a fade. */
  readonly longest: number
  readonly fadeFrames: number
  /** Where the repeats are read, and where they are read next while that is faded in. */
  readonly head: Head
  readonly nextHead: Head
  /** How far the next head is faded in, 0 to 1; 0 when there is none. */
  faded: number
  /** Where the next block is written in the rings. */
  at: number
  /** Frames since anything was written. */
  quiet: number
  readonly feedback: Ramp
  readonly level: Ramp
  /** Share of the way to each sample that the low-pass goes. */
  readonly pass: Ramp
  readonly left: Side
  readonly right: Side
  readonly fading: Float64Array
}

interface Side {
  readonly ring: Ring
  /** A block of repeats. */
  readonly repeats: Float64Array
  /** What passes the low-pass, and the lows in it. */
  readonly filters: Float64Array
}

export function createEcho(sampleRate: number): Echo {
  const share = smoothingShare(BLOCK, sampleRate)
  const longest = LONGEST_SECONDS * sampleRate
  const lowShare = poleShare(LOWEST_HZ, sampleRate)
  const state = createState(longest, sampleRate)
  const isSilent = (): boolean => state.quiet > longest + BLOCK

  return {
    time: state.time,
    set({ frames, feedback, tone, level }) {
      state.time.frames = frames
      state.feedback.goal = within(0, MOST_FEEDBACK, feedback)
      state.level.goal = within(0, 1, level)
      state.pass.goal = passOf(within(0, 1, tone), sampleRate)
    },
    process(sendLeft, sendRight, left, right, count) {
      glideRamp(state.feedback, share, count)
      glideRamp(state.level, share, count)
      glideRamp(state.pass, share, count)
      // While there is nothing to hear, a new delay needs no fade.
      if (isSilent()) state.faded = 0
      aim(state)
      if (isSilent()) place(state)
      readRepeats(state, count)
      const isQuiet = sendOn(state, sendLeft, sendRight, lowShare, count)
      addRepeats(state, left, right, count)
      state.quiet = isQuiet ? state.quiet + count : 0
      state.at = (state.at + count) & (state.left.ring.length - 1)
    },
    isSilent,
  }
}

function createState(longest: number, sampleRate: number): EchoState {
  const frames = longest / 4
  return {
    time: { frames },
    longest,
    fadeFrames: FADE_SECONDS * sampleRate,
    head: { begin: frames, end: frames },
    nextHead: { begin: frames, end: frames },
    faded: 0,
    at: 0,
    quiet: Infinity,
    feedback: createRamp(0),
    level: createRamp(0),
    pass: createRamp(passOf(1, sampleRate)),
    left: createSide(longest),
    right: createSide(longest),
    fading: new Float64Array(BLOCK),
  }
}

const createSide = (longest: number): Side => ({
  ring: createRing(longest),
  repeats: new Float64Array(BLOCK),
  filters: new Float64Array(2),
})

const passOf = (tone: number, sampleRate: number): number =>
  poleShare(DARKEST_HZ * Math.pow(BRIGHTEST_RATIO, tone), sampleRate)

/** While no fade is on its way, the next head is where the repeats are to be read. */
function aim({ faded, nextHead, time, longest }: EchoState): void {
  if (faded > 0 || Math.abs(time.frames - nextHead.end) <= SAME_DELAY) return
  nextHead.begin = within(SHORTEST_DELAY, longest, time.frames)
  nextHead.end = nextHead.begin
}

function place({ head, nextHead }: EchoState): void {
  head.begin = nextHead.end
  head.end = nextHead.end
}

/** Reads the coming block of both sides. */
function readRepeats(state: EchoState, count: number): void {
  const { head, nextHead, faded, at, left, right } = state
  readRing(left.ring, at, head, left.repeats, count)
  readRing(right.ring, at, head, right.repeats, count)
  if (nextHead.end === head.end) return
  fadeIn(state, left, count)
  fadeIn(state, right, count)
  state.faded = faded + count / state.fadeFrames
  if (state.faded < 1) return
  state.faded = 0
  place(state)
}

/** Fades one side over to the next head, along a smooth curve (3t² - 2t³). */
function fadeIn(state: EchoState, { ring, repeats }: Side, count: number): void {
  const { at, nextHead, fading, fadeFrames } = state
  readRing(ring, at, nextHead, fading, count)
  const step = 1 / fadeFrames
  let faded = state.faded
  for (let i = 0; i < count; i++) {
    faded = Math.min(1, faded + step)
    const share = faded * faded * (3 - 2 * faded)
    const repeat = valueAt(repeats, i)
    repeats[i] = repeat + share * (valueAt(fading, i) - repeat)
  }
}

function addRepeats(
  { left, right, level }: EchoState,
  outLeft: Float64Array,
  outRight: Float64Array,
  count: number,
): void {
  const { repeats } = left
  const { repeats: rightRepeats } = right
  const { step } = level
  let gain = level.value
  for (let i = 0; i < count; i++) {
    gain += step
    outLeft[i] = valueAt(outLeft, i) + gain * valueAt(repeats, i)
    outRight[i] = valueAt(outRight, i) + gain * valueAt(rightRepeats, i)
  }
}

/** Writes what is repeated of the repeats, and what is sent, both sides together, each to the ring of the other side. @returns whether that is silence */
function sendOn(
  { left, right, at, feedback: feedbackRamp, pass: passRamp }: EchoState,
  sendLeft: Float64Array,
  sendRight: Float64Array,
  lowShare: number,
  count: number,
): boolean {
  const { ring, repeats, filters } = left
  const { ring: rightRing, repeats: rightRepeats, filters: rightFilters } = right
  const { step: feedbackStep } = feedbackRamp
  const { step: passStep } = passRamp
  const mask = ring.length - 1
  let feedback = feedbackRamp.value
  let pass = passRamp.value
  let passed = valueAt(filters, 0)
  let low = valueAt(filters, 1)
  let rightPassed = valueAt(rightFilters, 0)
  let rightLow = valueAt(rightFilters, 1)
  let sum = 0
  let rightSum = 0
  for (let i = 0; i < count; i++) {
    feedback += feedbackStep
    pass += passStep
    passed += (valueAt(repeats, i) - passed) * pass
    rightPassed += (valueAt(rightRepeats, i) - rightPassed) * pass
    low += (passed - low) * lowShare
    rightLow += (rightPassed - rightLow) * lowShare
    const sent = 0.5 * (sane(valueAt(sendLeft, i)) + sane(valueAt(sendRight, i)))
    const toRight = (passed - low) * feedback
    const toLeft = (rightPassed - rightLow) * feedback + sent
    const frame = (at + i) & mask
    ring[frame] = toLeft
    rightRing[frame] = toRight
    sum += Math.abs(toLeft)
    rightSum += Math.abs(toRight)
  }
  filters[0] = passed
  filters[1] = low
  rightFilters[0] = rightPassed
  rightFilters[1] = rightLow
  settle(filters)
  settle(rightFilters)
  const isLeftQuiet = hushRing(ring, at, count, sum)
  return hushRing(rightRing, at, count, rightSum) && isLeftQuiet
}
