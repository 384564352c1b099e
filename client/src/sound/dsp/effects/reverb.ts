import { BLOCK } from '../strip.ts'
import {
  createDelayNetwork,
  type DelayNetwork,
  keepDecay,
  moveHeads,
  setDecay,
} from './delay-network.ts'
import { createDiffuser, type Delays, type Diffuser, readDiffused } from './diffuser.ts'
import { isQuiet, mixLines, readLines } from './line-mixing.ts'
import { writeRing } from './ring.ts'
import { sane, settle, valueAt } from './sanity.ts'
import {
  approach,
  createRamp,
  glideRamp,
  holdRamp,
  moveRamp,
  poleShare,
  type Ramp,
  smoothingShare,
  within,
} from './smoothing.ts'

/** A room. */
export interface Reverb {
  set(settings: ReverbSettings): void
  /**
   * Adds what comes back of `count` samples that are sent to both sides. Whoever skips a silent reverb loses nothing.
   *
   * @param frame  of all that was ever played, a whole number: where the modulation stands, the same for everybody
   */
  process(
    sendLeft: Float64Array,
    sendRight: Float64Array,
    left: Float64Array,
    right: Float64Array,
    count: number,
    frame: number,
  ): void
  /** Whether silence sent gives silence out from now on. */
  isSilent(): boolean
}

export interface ReverbSettings {
  /** In which the lows decay by 60 dB, 0.3 to 10. */
  readonly seconds: number
  /** 0 to 1: from highs that decay like the lows to highs (5 kHz) that decay 4 times as fast. */
  readonly damping: number
  /** Of the reverb, 0 to 1; at 1 it is about as loud as what is sent, from a second on however long it lasts. */
  readonly level: number
}

const SHORTEST_SECONDS = 0.3
const LONGEST_SECONDS = 10
/** Of the pre-delay and of three allpasses. */
const LEFT_SECONDS: Delays = [0.008, 0.0031, 0.0059, 0.0107]
const RIGHT_SECONDS: Delays = [0.008, 0.0037, 0.0053, 0.0097]
/** What is below would make the room boom. */
const LOWEST_HZ = 60
/** A turn through the middle of the lines, by which the reverb's energy is reckoned. */
const TURN_SECONDS = 0.042
const WET_GAIN = 1.8
/** A multiple of the length of every ring. */
const WRAP = 2 ** 24
/** After so long without anything in lines and pre-delay, nothing that is left in the diffusers is heard. */
const QUIET_SECONDS = 0.3

type Decay = Pick<ReverbSettings, 'seconds' | 'damping'>

interface ReverbState {
  target: Decay
  seconds: number
  damping: number
  readonly level: Ramp
  readonly gain: Ramp
  readonly network: DelayNetwork
  readonly left: Entrance
  readonly right: Entrance
  /** Where the next block is written in all rings; wraps where the longest of them does. */
  at: number
  /** Frames since anything was written. */
  quiet: number
}

/** What a side goes through before it is in the room. */
interface Entrance {
  readonly diffuser: Diffuser
  readonly low: Float64Array
  readonly block: Float64Array
}

/**
 * Eight modulated delay lines behind a pre-delay and a diffuser for each side.
 *
 * @param size  of the room, 0.5 to 2; at 1 its lines are 24 to 74 ms long
 */
export function createReverb(sampleRate: number, size = 1): Reverb {
  const share = smoothingShare(BLOCK, sampleRate)
  const lowShare = poleShare(LOWEST_HZ, sampleRate)
  const state = createState(sampleRate, size)
  const quietFrames = QUIET_SECONDS * Math.max(1, size) * sampleRate
  const isSilent = (): boolean => state.quiet > quietFrames

  return {
    set({ seconds, damping, level }) {
      state.target = {
        seconds: within(SHORTEST_SECONDS, LONGEST_SECONDS, seconds),
        damping: within(0, 1, damping),
      }
      state.level.goal = within(0, 1, level)
    },
    process(sendLeft, sendRight, left, right, count, frame) {
      const { network, at } = state
      prepareBlock(state, share, count)
      moveHeads(network, (frame + count) / sampleRate, count, isSilent())
      const isLeftQuiet = enter(state, state.left, sendLeft, count, lowShare)
      const isRightQuiet = enter(state, state.right, sendRight, count, lowShare)
      readLines(network, at, count)
      mixLines(network, at, state.left.block, state.right.block, left, right, count, state.level)
      const isAllQuiet = isLeftQuiet && isRightQuiet && isQuiet(network)
      state.quiet = isAllQuiet ? state.quiet + count : 0
      state.at = (at + count) & (WRAP - 1)
    },
    isSilent,
  }
}

function createState(sampleRate: number, size: number): ReverbState {
  const state: ReverbState = {
    target: { seconds: 2, damping: 0.5 },
    seconds: 0,
    damping: 0,
    level: createRamp(0),
    gain: createRamp(0),
    network: createDelayNetwork(sampleRate, size),
    left: createEntrance(size * sampleRate, LEFT_SECONDS),
    right: createEntrance(size * sampleRate, RIGHT_SECONDS),
    at: 0,
    quiet: Infinity,
  }
  return state
}

function createEntrance(framesPerSecond: number, [pre, one, two, three]: Delays): Entrance {
  const frames = (seconds: number): number => Math.round(seconds * framesPerSecond)
  return {
    diffuser: createDiffuser([frames(pre), frames(one), frames(two), frames(three)]),
    low: new Float64Array(1),
    block: new Float64Array(BLOCK),
  }
}

function prepareBlock(state: ReverbState, share: number, count: number): void {
  const { target, network } = state
  glideRamp(state.level, share, count)
  if (state.seconds === target.seconds && state.damping === target.damping) {
    keepDecay(network)
    holdRamp(state.gain)
    return
  }
  const isFirst = state.seconds === 0
  state.seconds = isFirst ? target.seconds : approach(state.seconds, target.seconds, share)
  state.damping = isFirst ? target.damping : approach(state.damping, target.damping, share)
  setDecay(network, state.seconds, state.damping, count)
  // What goes round and loses 1 - g² of its energy each time adds up to 1 / (1 - g²) of it.
  const left = Math.pow(10, (-6 * TURN_SECONDS) / state.seconds)
  moveRamp(state.gain, WET_GAIN * Math.sqrt(1 - left), count)
}

/** Lets what is sent to one side go as far as the lines. @returns whether that is silence */
function enter(
  { gain, at }: ReverbState,
  { diffuser, low, block }: Entrance,
  send: Float64Array,
  count: number,
  lowShare: number,
): boolean {
  const { step } = gain
  let gainNow = gain.value
  let lows = valueAt(low, 0)
  for (let i = 0; i < count; i++) {
    gainNow += step
    const sample = sane(valueAt(send, i))
    lows += (sample - lows) * lowShare
    block[i] = (sample - lows) * gainNow
  }
  low[0] = lows
  settle(low)
  const isSilence = writeRing(diffuser.preDelay, at, block, count)
  readDiffused(diffuser, at, block, count)
  return isSilence
}
