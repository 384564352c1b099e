import { CHUNK } from '../strip.ts'
import { sane, valueAt } from './sanity.ts'
import { approach, createRamp, moveRamp, type Ramp, smoothingShare, within } from './smoothing.ts'

/** A bus compressor, which holds a mix together. */
export interface Glue {
  set(settings: GlueSettings): void
  /** Compresses the first `count` samples of both sides in place, both by one gain. */
  process(left: Float64Array, right: Float64Array, count: number): void
  /** Decibels by which it turns down now, without the make-up gain: 0 or above. */
  reductionDb(): number
}

export interface GlueSettings {
  /** Share of the gain, in decibels, that is applied, 0 to 1; at 0 samples pass untouched. */
  readonly amount: number
}

/** Root mean square of both sides, in decibels below full scale. */
const THRESHOLD_DB = -14
const RATIO = 2
const KNEE_DB = 6
const MAKE_UP_DB = 1.5
const DETECTOR_SECONDS = 0.01
const ATTACK_SECONDS = 0.015
const RELEASE_SECONDS = 0.15
/** What is loud for long is let go slowly, so that the mix does not pump. */
const SLOW_ATTACK_SECONDS = 0.4
const SLOW_RELEASE_SECONDS = 0.8
/** Power below this is silence, and decibels below this are none. */
const SILENT = 1e-15
const UNHEARD_DB = 1e-6

interface GlueState {
  target: number
  amount: number
  /** Mean square of both sides. */
  power: number
  /** Decibels of reduction: of peaks, and of what is loud for long. */
  fast: number
  slow: number
  readonly gain: Ramp
}

/** Shares of the way that averages go in a chunk. */
interface Shares {
  readonly amount: number
  readonly detector: number
  readonly attack: number
  readonly release: number
  readonly slowAttack: number
  readonly slowRelease: number
}

/**
 * Feed-forward, with a soft knee, smoothed in decibels (Giannoulis, Massberg and Reiss, "Digital Dynamic Range Compressor
 * Design", 2012). Two reductions run side by side, a fast and a slow one, of which the greater counts: after a peak the
 * gain is back in 150 ms, after a loud passage in about a second.
 *
 * @param begun  how it begins, without being moved there
 */
export function createGlue(sampleRate: number, begun: GlueSettings = { amount: 0 }): Glue {
  const shareOf = (seconds: number): number => 1 - Math.exp(-CHUNK / (seconds * sampleRate))
  const shares: Shares = {
    amount: smoothingShare(CHUNK, sampleRate),
    detector: shareOf(DETECTOR_SECONDS),
    attack: shareOf(ATTACK_SECONDS),
    release: shareOf(RELEASE_SECONDS),
    slowAttack: shareOf(SLOW_ATTACK_SECONDS),
    slowRelease: shareOf(SLOW_RELEASE_SECONDS),
  }
  const { amount } = begun
  const first = { target: amount, amount, power: 0, fast: 0, slow: 0 }
  const state: GlueState = { ...first, gain: createRamp(gainOf(first)) }

  return {
    set(settings) {
      state.target = within(0, 1, settings.amount)
    },
    process(left, right, count) {
      if (state.target === 0 && state.amount === 0) return
      for (let from = 0; from < count; from += CHUNK) {
        const to = Math.min(count, from + CHUNK)
        detect(state, left, right, from, to, shares.detector)
        reduce(state, shares)
        moveRamp(state.gain, gainOf(state), to - from)
        amplify(state.gain, left, from, to)
        amplify(state.gain, right, from, to)
      }
      if (state.target === 0 && state.amount === 0) forget(state)
    },
    reductionDb: () => state.amount * Math.max(state.fast, state.slow),
  }
}

/** Of a compressor that is out of the way: the next time it begins anew. */
function forget(state: GlueState): void {
  state.power = 0
  state.fast = 0
  state.slow = 0
}

/** Cleans a chunk of what is no sound, and measures it. */
function detect(
  state: GlueState,
  left: Float64Array,
  right: Float64Array,
  from: number,
  to: number,
  share: number,
): void {
  let sum = 0
  for (let i = from; i < to; i++) {
    const sampleLeft = sane(valueAt(left, i))
    const sampleRight = sane(valueAt(right, i))
    left[i] = sampleLeft
    right[i] = sampleRight
    sum += sampleLeft * sampleLeft + sampleRight * sampleRight
  }
  const power = state.power + (sum / (2 * (to - from)) - state.power) * share
  state.power = power < SILENT ? 0 : power
}

function reduce(state: GlueState, shares: Shares): void {
  const wanted = reductionAt(10 * Math.log10(state.power + SILENT))
  const { fast, slow } = state
  state.fast = glide(fast, wanted, wanted > fast ? shares.attack : shares.release)
  state.slow = glide(slow, wanted, wanted > slow ? shares.slowAttack : shares.slowRelease)
  state.amount = approach(state.amount, state.target, shares.amount)
}

/** The static curve: decibels of reduction at a level, quadratic within the knee. */
function reductionAt(levelDb: number): number {
  const over = levelDb - THRESHOLD_DB
  const slope = 1 - 1 / RATIO
  if (over <= -KNEE_DB / 2) return 0
  if (over >= KNEE_DB / 2) return slope * over
  return (slope * (over + KNEE_DB / 2) ** 2) / (2 * KNEE_DB)
}

const glide = (value: number, target: number, share: number): number => {
  const next = value + (target - value) * share
  return next < UNHEARD_DB ? 0 : next
}

const gainOf = ({ amount, fast, slow }: Omit<GlueState, 'gain'>): number =>
  Math.pow(10, (amount * (MAKE_UP_DB - Math.max(fast, slow))) / 20)

function amplify({ value, step }: Ramp, samples: Float64Array, from: number, to: number): void {
  let gain = value
  for (let i = from; i < to; i++) {
    gain += step
    samples[i] = valueAt(samples, i) * gain
  }
}
