import { BLOCK } from '../strip.ts'
import { addRing, createRing, hushRing, moveHead, type MovingHead, type Ring } from './ring.ts'
import { sane, settle, valueAt } from './sanity.ts'
import { areAlike, copySide } from './sides.ts'
import { createRamp, glideRamp, poleShare, type Ramp, smoothingShare, within } from './smoothing.ts'

/** Makes several of one. */
export interface Chorus {
  set(settings: ChorusSettings): void
  /**
   * Thickens the first `count` samples of both sides in place.
   *
   * @param frame  of all that was ever played, a whole number: where the modulation stands, the same for everybody
   */
  process(left: Float64Array, right: Float64Array, count: number, frame: number): void
  /** Whether silence in gives silence out from now on. */
  isSilent(): boolean
}

export interface ChorusSettings {
  /** 0 to 1; at 0 samples pass untouched. */
  readonly amount: number
}

/** A tap swings around a delay. Its two sides are a quarter of a cycle apart. */
interface Swing {
  readonly hz: number
  readonly seconds: number
  readonly depthSeconds: number
}

/** From 8 to 25 ms, bending the pitch by 15 to 18 cents: more would be out of tune. */
const SLOW: Swing = { hz: 0.5, seconds: 0.0108, depthSeconds: 0.0028 }
const FAST: Swing = { hz: 0.8, seconds: 0.0205, depthSeconds: 0.0021 }
const LONGEST_SECONDS = 0.025
const QUARTER = Math.PI / 2
/** At amount 1. Dry and wet have no fixed phase, so their powers add up to about what was put in. */
const WET_GAIN = 0.5
const DRY_LOSS = 0.15
/** Below this nothing is thickened: a bass stays firm and in the middle. */
const LOWEST_HZ = 150

interface Side {
  readonly ring: Ring
  readonly slow: MovingHead
  readonly fast: MovingHead
  /** What the high-pass before the taps takes away. */
  readonly low: Float64Array
  /** How far in its cycle this side is ahead. */
  readonly lead: number
}

interface ChorusState {
  /** Of what the taps hear, so that they end by themselves. */
  readonly wet: Ramp
  /** Whether both sides were the same since all was silent: then the taps of both hear the left one's ring. */
  isMono: boolean
  readonly left: Side
  readonly right: Side
  /** Where the next block is written in the rings. */
  at: number
  /** Of all that was ever played, up to where the taps are. */
  seconds: number
  /** Frames since anything was written. */
  quiet: number
  readonly lowShare: number
}

export function createChorus(sampleRate: number): Chorus {
  const share = smoothingShare(BLOCK, sampleRate)
  const longest = Math.ceil(LONGEST_SECONDS * sampleRate)
  const state = createState(longest, poleShare(LOWEST_HZ, sampleRate))
  const isSilent = (): boolean => state.quiet > longest + BLOCK

  return {
    set({ amount }) {
      state.wet.goal = within(0, 1, amount)
    },
    process(left, right, count, frame) {
      if (state.wet.goal === 0 && state.wet.end === 0 && isSilent()) return
      glideRamp(state.wet, share, count)
      if (isSilent()) {
        state.isMono = true
        state.seconds = frame / sampleRate
        moveHeads(state, sampleRate, count, true)
      }
      state.seconds = (frame + count) / sampleRate
      moveHeads(state, sampleRate, count, false)
      partRings(state, left, right, count)
      const isQuiet = state.isMono
        ? thickenBoth(state, left, right, count)
        : thickenEach(state, left, right, count)
      state.quiet = isQuiet ? state.quiet + count : 0
      state.at = (state.at + count) & (state.left.ring.length - 1)
    },
    isSilent,
  }
}

const createState = (longest: number, lowShare: number): ChorusState => ({
  wet: createRamp(0),
  isMono: true,
  left: createSide(longest, 0),
  right: createSide(longest, QUARTER),
  at: 0,
  seconds: 0,
  quiet: Infinity,
  lowShare,
})

const createSide = (longest: number, lead: number): Side => ({
  ring: createRing(longest),
  slow: { begin: 0, end: 0, goal: 0 },
  fast: { begin: 0, end: 0, goal: 0 },
  low: new Float64Array(1),
  lead,
})

/** Moves all taps to where they are at the state's time, after the coming block, or lets them jump there. */
function moveHeads(state: ChorusState, sampleRate: number, count: number, jump: boolean): void {
  moveTap(state, state.left.slow, SLOW, state.left, sampleRate, count, jump)
  moveTap(state, state.left.fast, FAST, state.left, sampleRate, count, jump)
  moveTap(state, state.right.slow, SLOW, state.right, sampleRate, count, jump)
  moveTap(state, state.right.fast, FAST, state.right, sampleRate, count, jump)
}

function moveTap(
  state: ChorusState,
  head: MovingHead,
  { hz, seconds, depthSeconds }: Swing,
  { lead }: Side,
  sampleRate: number,
  count: number,
  jump: boolean,
): void {
  const cycles = state.seconds * hz
  const phase = 2 * Math.PI * (cycles - Math.floor(cycles)) + lead
  head.goal = (seconds + depthSeconds * Math.sin(phase)) * sampleRate
  if (jump) head.end = head.goal
  else moveHead(head, count)
}

/** Where the sides part, what the taps of the right one hear is what they heard so far. */
function partRings(
  state: ChorusState,
  left: Float64Array,
  right: Float64Array,
  count: number,
): void {
  if (!state.isMono || areAlike(left, right, count)) return
  state.isMono = false
  state.right.ring.set(state.left.ring)
  state.right.low.set(state.left.low)
}

/** @returns whether the taps were given nothing to hear */
function thickenBoth(
  state: ChorusState,
  left: Float64Array,
  right: Float64Array,
  count: number,
): boolean {
  const { ring } = state.left
  const isQuiet = hear(state, state.left, left, count)
  copySide(left, right, count)
  addTaps(state, state.left, ring, left, count)
  addTaps(state, state.right, ring, right, count)
  return isQuiet
}

/** The same of sides that are not the same. */
function thickenEach(
  state: ChorusState,
  left: Float64Array,
  right: Float64Array,
  count: number,
): boolean {
  const isLeftQuiet = hear(state, state.left, left, count)
  const isRightQuiet = hear(state, state.right, right, count)
  addTaps(state, state.left, state.left.ring, left, count)
  addTaps(state, state.right, state.right.ring, right, count)
  return isLeftQuiet && isRightQuiet
}

/** Writes what the taps hear to the side's ring, and leaves what is heard of the samples themselves. @returns whether the taps hear silence */
function hear(
  { wet, lowShare, at }: ChorusState,
  { low, ring }: Side,
  samples: Float64Array,
  count: number,
): boolean {
  const mask = ring.length - 1
  const { step } = wet
  let amount = wet.value
  let lows = valueAt(low, 0)
  let sum = 0
  for (let i = 0; i < count; i++) {
    amount += step
    const sample = sane(valueAt(samples, i))
    lows += (sample - lows) * lowShare
    samples[i] = sample * (1 - DRY_LOSS * amount)
    const sent = (sample - lows) * amount * WET_GAIN
    ring[(at + i) & mask] = sent
    sum += Math.abs(sent)
  }
  low[0] = lows
  settle(low)
  return hushRing(ring, at, count, sum)
}

function addTaps(
  { at }: ChorusState,
  { slow, fast }: Side,
  ring: Ring,
  samples: Float64Array,
  count: number,
): void {
  addRing(ring, at, slow, samples, count)
  addRing(ring, at, fast, samples, count)
}
