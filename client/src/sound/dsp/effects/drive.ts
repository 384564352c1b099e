import { BLOCK, CHUNK } from '../strip.ts'
import { sane, settle, valueAt } from './sanity.ts'
import { copySide, partSides, type Sides } from './sides.ts'
import {
  approach,
  createRamp,
  holdRamp,
  moveRamp,
  poleShare,
  type Ramp,
  smoothingShare,
  within,
} from './smoothing.ts'

/** Distorts softly. */
export interface Drive {
  set(settings: DriveSettings): void
  /** Distorts the first `count` samples of both sides in place. */
  process(left: Float64Array, right: Float64Array, count: number): void
  /** Whether silence in gives silence out from now on. */
  isSilent(): boolean
}

export interface DriveSettings {
  /** 0 to 1; at 0 samples pass untouched. */
  readonly amount: number
}

/** What samples are multiplied by before the clipper, 44 dB from the least to the most. */
const LEAST_GAIN = 0.25
const GAIN_RATIO = 160
/** Peak of the sawtooth whose loudness no drive changes, -10.5 dB: a full chord of one track. */
const REFERENCE = 0.3
/** The clipper turns what is lopsided into an offset, which a high-pass takes away. */
const OFFSET_HZ = 7
/**
 * Two chains of allpasses that together are an elliptic half-band filter, -53 dB from 0.275 of the doubled rate
 * (Valenzuela and Constantinides, "Digital Signal Processing Schemes for Efficient Interpolation and Decimation", 1983).
 */
const A0 = 0.12073211751675449
const A1 = 0.6632020224193995
const B0 = 0.3903621872345006
const B1 = 0.890786832653497
/** Numbers that the filters and the clipper of one side remember. */
const STATES = 13

interface DriveState extends Sides {
  target: number
  amount: number
  /** Before and after the clipper, and how much of the distorted is heard. */
  readonly gain: Ramp
  readonly level: Ramp
  readonly mix: Ramp
  /** A stretch of one side at twice the sample rate. */
  readonly even: Float64Array
  readonly odd: Float64Array
  readonly offsetShare: number
  isSilent: boolean
}

/**
 * The clipper x / sqrt(1 + x²) at twice the sample rate, with first-order antiderivative anti-aliasing (Parker et al.,
 * "Reducing the Aliasing of Nonlinear Waveshaping Using Continuous-Time Convolution", 2016). Its antiderivative is
 * sqrt(1 + x²), and the difference quotient of that is (x + y) / (sqrt(1 + x²) + sqrt(1 + y²)), which never divides by 0.
 */
export function createDrive(sampleRate: number): Drive {
  const share = smoothingShare(CHUNK, sampleRate)
  const state = createState(poleShare(OFFSET_HZ, sampleRate))

  return {
    set({ amount }) {
      state.target = within(0, 1, amount)
    },
    process(left, right, count) {
      if (state.target === 0 && state.mix.end === 0) return
      partSides(state, left, right, count)
      const stretch = isStill(state) ? BLOCK : CHUNK
      for (let from = 0; from < count; from += stretch) {
        const to = Math.min(count, from + stretch)
        prepareChunk(state, share, to - from)
        distort(state, state.left, left, from, to)
        if (!state.isMono) distort(state, state.right, right, from, to)
      }
      if (state.isMono) copySide(left, right, count)
      if (state.mix.end === 0) reset(state)
      const isLeftSilent = settle(state.left)
      state.isSilent = isLeftSilent && (state.isMono || settle(state.right))
      if (state.isSilent) state.isMono = true
    },
    isSilent: () => state.isSilent,
  }
}

const createState = (offsetShare: number): DriveState => ({
  target: 0,
  amount: 0,
  gain: createRamp(gainOf(0)),
  level: createRamp(levelOf(gainOf(0))),
  mix: createRamp(0),
  left: new Float64Array(STATES),
  right: new Float64Array(STATES),
  even: new Float64Array(BLOCK),
  odd: new Float64Array(BLOCK),
  offsetShare,
  isSilent: true,
  isMono: true,
})

const isStill = ({ amount, target, mix }: DriveState): boolean =>
  amount === target && mix.end === (target === 0 ? 0 : 1)

/** Of a drive that is out of the way: the next time it begins anew. */
function reset(state: DriveState): void {
  state.amount = 0
  state.left.fill(0)
  state.right.fill(0)
}

function prepareChunk(state: DriveState, share: number, frames: number): void {
  const { amount, target, gain, level, mix } = state
  const heard = target === 0 ? 0 : 1
  if (mix.end === heard) holdRamp(mix)
  else moveRamp(mix, approach(mix.end, heard, share), frames)
  if (amount === target) {
    holdRamp(gain)
    holdRamp(level)
    return
  }
  state.amount = approach(amount, target, share)
  moveRamp(gain, gainOf(state.amount), frames)
  moveRamp(level, levelOf(gain.end), frames)
}

const gainOf = (amount: number): number => LEAST_GAIN * Math.pow(GAIN_RATIO, amount)

/** Keeps the root mean square of the reference: of a clipped ramp from 0 to p it is sqrt(1 - atan(p) / p). */
function levelOf(gain: number): number {
  const peak = gain * REFERENCE
  return REFERENCE / Math.sqrt(3 * (1 - Math.atan(peak) / peak))
}

/**
 * Amplifies, clips at twice the sample rate, and mixes what comes back. In one loop, however many numbers it holds: each
 * step of a filter waits for the one before, and meanwhile the others work.
 */
function distort(
  { gain, level, mix, offsetShare }: DriveState,
  states: Float64Array,
  samples: Float64Array,
  from: number,
  to: number,
): void {
  let input = valueAt(states, 0)
  let middleA = valueAt(states, 1)
  let outA = valueAt(states, 2)
  let middleB = valueAt(states, 3)
  let outB = valueAt(states, 4)
  let last = valueAt(states, 5)
  let clippedA = valueAt(states, 6)
  let backA = valueAt(states, 7)
  let endA = valueAt(states, 8)
  let clippedB = valueAt(states, 9)
  let backB = valueAt(states, 10)
  let endB = valueAt(states, 11)
  let offset = valueAt(states, 12)
  let lastRoot = Math.sqrt(1 + last * last)
  const { step: gainStep } = gain
  const { step: levelStep } = level
  const { step: mixStep } = mix
  let gainNow = gain.value
  let levelNow = level.value
  let mixNow = mix.value
  for (let i = from; i < to; i++) {
    gainNow += gainStep
    levelNow += levelStep
    mixNow += mixStep
    const dry = sane(valueAt(samples, i))
    const sample = dry * gainNow
    const nextA = A0 * (sample - middleA) + input
    const nextB = B0 * (sample - middleB) + input
    outA = A1 * (nextA - outA) + middleA
    outB = B1 * (nextB - outB) + middleB
    input = sample
    middleA = nextA
    middleB = nextB
    const rootA = Math.sqrt(1 + outA * outA)
    const rootB = Math.sqrt(1 + outB * outB)
    const even = (outA + last) / (rootA + lastRoot)
    const odd = (outB + outA) / (rootB + rootA)
    last = outB
    lastRoot = rootB
    const nextBackA = A0 * (odd - backA) + clippedA
    const nextBackB = B0 * (even - backB) + clippedB
    endA = A1 * (nextBackA - endA) + backA
    endB = B1 * (nextBackB - endB) + backB
    clippedA = odd
    clippedB = even
    backA = nextBackA
    backB = nextBackB
    const wet = 0.5 * (endA + endB)
    offset += (wet - offset) * offsetShare
    samples[i] = dry + mixNow * ((wet - offset) * levelNow - dry)
  }
  states[0] = input
  states[1] = middleA
  states[2] = outA
  states[3] = middleB
  states[4] = outB
  states[5] = last
  states[6] = clippedA
  states[7] = backA
  states[8] = endA
  states[9] = clippedB
  states[10] = backB
  states[11] = endB
  states[12] = offset
}
