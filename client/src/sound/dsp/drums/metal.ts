import { hashToShare, mixHash } from '../hash.ts'

/** How far the six squares of a cymbal lie apart. (Werner, Abel and Smith, DAFx 2014, of an analogue drum machine.) */
const RATIOS = [1, 1.483, 1.8, 2.546, 2.63, 3.897] as const
const GAINS = RATIOS.map((_, index) => 1 / Math.sqrt(index + 1))

/** Square waves whose pitches fit nowhere together, which the ear takes for metal. */
export interface Metal {
  readonly sampleRate: number
  /** Cycles, 0 to 1. */
  readonly phases: Float64Array
  /** Of the lowest, in cycles a sample. */
  step: number
  /** How many sound: two are a bell, six a cymbal. */
  count: number
}

export const createMetal = (sampleRate: number): Metal => ({
  sampleRate,
  phases: new Float64Array(RATIOS.length),
  step: 0,
  count: 0,
})

/** @param hz  of the lowest @param count  2 to 6 @param seed  of where in their cycles they begin */
export function tuneMetal(metal: Metal, hz: number, count: number, seed: number): void {
  metal.step = hz / metal.sampleRate
  metal.count = count
  for (let at = 0; at < count; at++) metal.phases[at] = hashToShare(mixHash(seed, at + 1))
}

/** Writes samples from `from` up to, not with, `to`. */
export function writeMetal(metal: Metal, out: Float64Array, from: number, to: number): void {
  out.fill(0, from, to)
  for (let at = 0; at < metal.count; at++) {
    addSquare(metal, at, out, from, to)
  }
}

/** With both of its edges rounded, so that little folds back. (PolyBLEP, Välimäki and Huovilainen 2007.) */
function addSquare(metal: Metal, at: number, out: Float64Array, from: number, to: number): void {
  const step = metal.step * (RATIOS[at] ?? 1)
  const gain = GAINS[at] ?? 0
  let phase = metal.phases[at] ?? 0
  for (let i = from; i < to; i++) {
    phase += step
    if (phase >= 1) phase -= 1
    const isHigh = phase < 0.5
    const place = isHigh ? phase : phase - 0.5
    let value = 1
    if (place < step) {
      const rest = place / step - 1
      value -= rest * rest
    } else if (place > 0.5 - step) {
      const rest = (place - 0.5) / step + 1
      value -= rest * rest
    }
    out[i] = (out[i] ?? 0) + (isHigh ? gain * value : -gain * value)
  }
  metal.phases[at] = phase
}
