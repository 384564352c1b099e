import { BLOCK } from '../strip.ts'
import { createRing, type Head, moveHead, readRing, type Ring, writeRing } from './ring.ts'
import { sane, settle, valueAt } from './sanity.ts'
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
  readonly slow: Head
  readonly fast: Head
  /** What the high-pass before the taps takes away. */
  readonly low: Float64Array
  /** How far in its cycle this side is ahead. */
  readonly lead: number
}

interface ChorusState {
  target: number
  /** Of what the taps hear, so that they end by themselves. */
  readonly wet: Ramp
  readonly left: Side
  readonly right: Side
  /** Where the next block is written in the rings. */
  at: number
  /** Of all that was ever played, up to where the taps are. */
  seconds: number
  /** Frames since anything was written. */
  quiet: number
  readonly lowShare: number
  readonly sent: Float64Array
  readonly tapped: Float64Array
}

export function createChorus(sampleRate: number): Chorus {
  const share = smoothingShare(BLOCK, sampleRate)
  const longest = Math.ceil(LONGEST_SECONDS * sampleRate)
  const state = createState(longest, poleShare(LOWEST_HZ, sampleRate))
  const isSilent = (): boolean => state.quiet > longest + BLOCK

  return {
    set({ amount }) {
      state.target = within(0, 1, amount)
    },
    process(left, right, count, frame) {
      if (state.target === 0 && state.wet.end === 0 && isSilent()) return
      glideRamp(state.wet, state.target, share, count)
      if (isSilent()) {
        state.seconds = frame / sampleRate
        moveHeads(state, sampleRate, count, true)
      }
      state.seconds = (frame + count) / sampleRate
      moveHeads(state, sampleRate, count, false)
      const isLeftQuiet = thicken(state, state.left, left, count)
      const isRightQuiet = thicken(state, state.right, right, count)
      state.quiet = isLeftQuiet && isRightQuiet ? state.quiet + count : 0
      state.at = (state.at + count) & (state.left.ring.length - 1)
    },
    isSilent,
  }
}

const createState = (longest: number, lowShare: number): ChorusState => ({
  target: 0,
  wet: createRamp(0),
  left: createSide(longest, 0),
  right: createSide(longest, QUARTER),
  at: 0,
  seconds: 0,
  quiet: Infinity,
  lowShare,
  sent: new Float64Array(BLOCK),
  tapped: new Float64Array(BLOCK),
})

const createSide = (longest: number, lead: number): Side => ({
  ring: createRing(longest),
  slow: { begin: 0, end: 0 },
  fast: { begin: 0, end: 0 },
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
  head: Head,
  { hz, seconds, depthSeconds }: Swing,
  { lead }: Side,
  sampleRate: number,
  count: number,
  jump: boolean,
): void {
  const cycles = state.seconds * hz
  const phase = 2 * Math.PI * (cycles - Math.floor(cycles)) + lead
  const delay = (seconds + depthSeconds * Math.sin(phase)) * sampleRate
  if (jump) head.end = delay
  else moveHead(head, delay, count)
}

/** @returns whether the taps were given nothing to hear */
function thicken(state: ChorusState, side: Side, samples: Float64Array, count: number): boolean {
  const { wet, at, sent, tapped } = state
  const { ring } = side
  split(state, side, samples, count)
  settle(side.low)
  const isQuiet = writeRing(ring, at, sent, count)
  readRing(ring, at, side.slow, tapped, count)
  readRing(ring, at, side.fast, sent, count)
  const { step } = wet
  let amount = wet.value
  for (let i = 0; i < count; i++) {
    amount += step
    const dry = valueAt(samples, i) * (1 - DRY_LOSS * amount)
    samples[i] = dry + valueAt(tapped, i) + valueAt(sent, i)
  }
  return isQuiet
}

/** Writes to `sent` what the taps hear. */
function split(
  { wet, lowShare, sent }: ChorusState,
  { low }: Side,
  samples: Float64Array,
  count: number,
): void {
  const { step } = wet
  let amount = wet.value
  let lows = valueAt(low, 0)
  for (let i = 0; i < count; i++) {
    amount += step
    const sample = sane(valueAt(samples, i))
    lows += (sample - lows) * lowShare
    samples[i] = sample
    sent[i] = (sample - lows) * amount * WET_GAIN
  }
  low[0] = lows
}
