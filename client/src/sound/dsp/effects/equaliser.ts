import { BLOCK, CHUNK } from '../strip.ts'
import { sane, settle, valueAt } from './sanity.ts'
import { areAlike, copySide } from './sides.ts'
import {
  approach,
  createRamp,
  holdRamp,
  moveRamp,
  type Ramp,
  smoothingShare,
  within,
} from './smoothing.ts'

/** Raises and lowers three bands. */
export interface Equaliser {
  set(settings: EqualiserSettings): void
  /** Filters the first `count` samples of both sides in place. */
  process(left: Float64Array, right: Float64Array, count: number): void
  /** Whether silence in gives silence out from now on. */
  isSilent(): boolean
}

/** Decibels, -15 to 15. A band at 0 leaves samples untouched. */
export interface EqualiserSettings {
  /** Below 180 Hz, where half of it is reached. */
  readonly lowDb: number
  /** At 1 kHz. */
  readonly middleDb: number
  /** Above 5 kHz, where half of it is reached. */
  readonly highDb: number
}

const MOST_DB = 15
const LOW_HZ = 180
const MIDDLE_HZ = 1000
const HIGH_HZ = 5000
const MIDDLE_Q = 0.8
const SHELF_Q = Math.SQRT1_2

type Kind = 'low shelf' | 'peak' | 'high shelf'

/** One state variable filter for both sides. */
interface Band {
  readonly kind: Kind
  /** The prewarped gain of an integrator where the band stands. */
  readonly tangent: number
  target: number
  db: number
  /** As in the filter of the voices. */
  keep: number
  pass: number
  follow: number
  /** How much is heard of the input, and of each integrator before and after added up. */
  readonly input: Ramp
  readonly band: Ramp
  readonly low: Ramp
  /** Two integrators of each side. */
  readonly left: Float64Array
  readonly right: Float64Array
  isSilent: boolean
}

/** Trapezoidal state variable filters (Simper, "Solving the Continuous SVF Equations Using Trapezoidal Integration", 2013). */
export function createEqualiser(sampleRate: number): Equaliser {
  const share = smoothingShare(CHUNK, sampleRate)
  const low = createBand('low shelf', LOW_HZ / sampleRate)
  const middle = createBand('peak', MIDDLE_HZ / sampleRate)
  const high = createBand('high shelf', HIGH_HZ / sampleRate)
  // Both sides are computed as one while they are the same since all was silent.
  const sides = { isMono: true }
  const isSilent = (): boolean => low.isSilent && middle.isSilent && high.isSilent

  return {
    set({ lowDb, middleDb, highDb }) {
      low.target = within(-MOST_DB, MOST_DB, lowDb)
      middle.target = within(-MOST_DB, MOST_DB, middleDb)
      high.target = within(-MOST_DB, MOST_DB, highDb)
    },
    process(left, right, count) {
      if (sides.isMono && !areAlike(left, right, count)) {
        sides.isMono = false
        part(low)
        part(middle)
        part(high)
      }
      const { isMono } = sides
      processBand(low, left, right, count, share, isMono)
      processBand(middle, left, right, count, share, isMono)
      processBand(high, left, right, count, share, isMono)
      if (isMono) copySide(left, right, count)
      else if (isSilent()) sides.isMono = true
    },
    isSilent,
  }
}

const createBand = (kind: Kind, cyclesPerFrame: number): Band => ({
  kind,
  tangent: Math.tan(Math.PI * cyclesPerFrame),
  target: 0,
  db: 0,
  keep: 0,
  pass: 0,
  follow: 0,
  input: createRamp(1),
  band: createRamp(0),
  low: createRamp(0),
  left: new Float64Array(2),
  right: new Float64Array(2),
  isSilent: true,
})

/** Lets the right side go on by itself from where both are. */
function part({ left, right }: Band): void {
  right.set(left)
}

function processBand(
  band: Band,
  left: Float64Array,
  right: Float64Array,
  count: number,
  share: number,
  isMono: boolean,
): void {
  if (band.db === 0 && band.target === 0) return
  const stretch = band.db === band.target ? BLOCK : CHUNK
  for (let from = 0; from < count; from += stretch) {
    const to = Math.min(count, from + stretch)
    prepareChunk(band, share, to - from)
    filterSide(band, band.left, left, from, to)
    if (!isMono) filterSide(band, band.right, right, from, to)
  }
  if (band.db === 0 && band.target === 0) {
    band.left.fill(0)
    band.right.fill(0)
  }
  const isLeftSilent = settle(band.left)
  band.isSilent = isLeftSilent && (isMono || settle(band.right))
}

function prepareChunk(band: Band, share: number, frames: number): void {
  if (band.db === band.target) {
    holdRamp(band.input)
    holdRamp(band.band)
    holdRamp(band.low)
    return
  }
  band.db = approach(band.db, band.target, share)
  shape(band, Math.pow(10, band.db / 40), frames)
}

/** @param a  square root of the band's gain, as in the source */
function shape(band: Band, a: number, frames: number): void {
  const { kind, tangent } = band
  switch (kind) {
    case 'low shelf':
      setIntegrators(band, tangent / Math.sqrt(a), 1 / SHELF_Q)
      moveRamp(band.input, 1, frames)
      moveRamp(band.band, (a - 1) / SHELF_Q / 2, frames)
      moveRamp(band.low, (a * a - 1) / 2, frames)
      return
    case 'peak':
      setIntegrators(band, tangent, 1 / (MIDDLE_Q * a))
      moveRamp(band.input, 1, frames)
      moveRamp(band.band, (a * a - 1) / (MIDDLE_Q * a) / 2, frames)
      moveRamp(band.low, 0, frames)
      return
    case 'high shelf':
      setIntegrators(band, tangent * Math.sqrt(a), 1 / SHELF_Q)
      moveRamp(band.input, a * a, frames)
      moveRamp(band.band, ((1 - a) * a) / SHELF_Q / 2, frames)
      moveRamp(band.low, (1 - a * a) / 2, frames)
  }
}

function setIntegrators(band: Band, g: number, k: number): void {
  const share = 2 / (1 + g * (g + k))
  band.keep = share - 1
  band.pass = g * share
  band.follow = g * band.pass
}

function filterSide(
  { keep, pass, follow, input, band, low }: Band,
  states: Float64Array,
  samples: Float64Array,
  from: number,
  to: number,
): void {
  const { step: inputStep } = input
  const { step: bandStep } = band
  const { step: lowStep } = low
  let inputShare = input.value
  let bandShare = band.value
  let lowShare = low.value
  let bandState = valueAt(states, 0)
  let lowState = valueAt(states, 1)
  for (let i = from; i < to; i++) {
    inputShare += inputStep
    bandShare += bandStep
    lowShare += lowStep
    const sample = sane(valueAt(samples, i))
    const rest = sample - lowState
    const nextBand = keep * bandState + pass * rest
    const nextLow = lowState + pass * bandState + follow * rest
    samples[i] =
      inputShare * sample + bandShare * (bandState + nextBand) + lowShare * (lowState + nextLow)
    bandState = nextBand
    lowState = nextLow
  }
  states[0] = bandState
  states[1] = lowState
}
