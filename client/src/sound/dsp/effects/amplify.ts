import { sane, valueAt } from './sanity.ts'
import type { Ramp } from './smoothing.ts'

/** Multiplies the samples from `from` up to, not with, `to` by a ramp that begins there. */
export function amplify(
  { value, step }: Ramp,
  samples: Float64Array,
  from: number,
  to: number,
): void {
  let gain = value
  for (let i = from; i < to; i++) {
    gain += step
    samples[i] = sane(valueAt(samples, i)) * gain
  }
}
