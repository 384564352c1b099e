import { sane, settle, valueAt } from './sanity.ts'
import { approach, createRamp, holdRamp, moveRamp, type Ramp } from './smoothing.ts'

const MIDDLE_Q = 0.8
const SHELF_Q = Math.SQRT1_2

type Kind = 'low shelf' | 'peak' | 'high shelf'

/** One state variable filter for both sides (Simper, "Solving the Continuous SVF Equations Using Trapezoidal Integration", 2013). */
export interface Band {
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

export const createBand = (kind: Kind, cyclesPerFrame: number): Band => ({
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
export function partBand({ left, right }: Band): void {
  right.set(left)
}

/** Of a band that is out of the way: the next time it begins anew. @returns whether silence in gives silence out */
export function settleBand(band: Band, isMono: boolean): void {
  if (isFlat(band)) {
    band.left.fill(0)
    band.right.fill(0)
  }
  const isLeftSilent = settle(band.left)
  band.isSilent = isLeftSilent && (isMono || settle(band.right))
}

export const isFlat = ({ db, target }: Band): boolean => db === 0 && target === 0

export const isStill = ({ db, target }: Band): boolean => db === target

/** Lets a band go on towards its target, over so many frames. @param share  of the way */
export function moveBand(band: Band, share: number, frames: number): void {
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

/** Filters samples of one side in place. @param states  of that side */
export function filterBand(
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

/** The same with three bands that stand still, in one loop: each waits for itself, and meanwhile the others work. */
export function filterBands(
  low: Band,
  middle: Band,
  high: Band,
  isRight: boolean,
  samples: Float64Array,
  count: number,
): void {
  const { keep: keep1, pass: pass1, follow: follow1 } = low
  const { keep: keep2, pass: pass2, follow: follow2 } = middle
  const { keep: keep3, pass: pass3, follow: follow3 } = high
  const { end: bandShare1 } = low.band
  const { end: lowShare1 } = low.low
  const { end: bandShare2 } = middle.band
  const { end: inputShare3 } = high.input
  const { end: bandShare3 } = high.band
  const { end: lowShare3 } = high.low
  const states1 = isRight ? low.right : low.left
  const states2 = isRight ? middle.right : middle.left
  const states3 = isRight ? high.right : high.left
  let band1 = valueAt(states1, 0)
  let low1 = valueAt(states1, 1)
  let band2 = valueAt(states2, 0)
  let low2 = valueAt(states2, 1)
  let band3 = valueAt(states3, 0)
  let low3 = valueAt(states3, 1)
  for (let i = 0; i < count; i++) {
    const sample = sane(valueAt(samples, i))
    const rest1 = sample - low1
    const nextBand1 = keep1 * band1 + pass1 * rest1
    const nextLow1 = low1 + pass1 * band1 + follow1 * rest1
    const shelved = sample + bandShare1 * (band1 + nextBand1) + lowShare1 * (low1 + nextLow1)
    band1 = nextBand1
    low1 = nextLow1
    const rest2 = shelved - low2
    const nextBand2 = keep2 * band2 + pass2 * rest2
    const nextLow2 = low2 + pass2 * band2 + follow2 * rest2
    const peaked = shelved + bandShare2 * (band2 + nextBand2)
    band2 = nextBand2
    low2 = nextLow2
    const rest3 = peaked - low3
    const nextBand3 = keep3 * band3 + pass3 * rest3
    const nextLow3 = low3 + pass3 * band3 + follow3 * rest3
    samples[i] =
      inputShare3 * peaked + bandShare3 * (band3 + nextBand3) + lowShare3 * (low3 + nextLow3)
    band3 = nextBand3
    low3 = nextLow3
  }
  states1[0] = band1
  states1[1] = low1
  states2[0] = band2
  states2[1] = low2
  states3[0] = band3
  states3[1] = low3
}
