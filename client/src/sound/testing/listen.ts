/** Highest absolute sample from `from` up to, not with, `to`. */
export function peakOf(samples: Float32Array, from = 0, to = samples.length): number {
  let peak = 0
  for (const sample of samples.subarray(from, to)) peak = Math.max(peak, Math.abs(sample))
  return peak
}

/** Root mean square of a stretch. */
export function loudnessOf(samples: Float32Array, from = 0, to = samples.length): number {
  const stretch = samples.subarray(from, to)
  let sum = 0
  for (const sample of stretch) sum += sample * sample
  return Math.sqrt(sum / stretch.length)
}

export const isSilent = (samples: Float32Array, from = 0, to = samples.length): boolean =>
  peakOf(samples, from, to) === 0

/** Whether two stretches are equal to the last bit. */
export const areSame = (one: Float32Array, other: Float32Array): boolean =>
  one.length === other.length && one.every((sample, frame) => Object.is(sample, other[frame]))

/** Frames at which sound begins after at least `gap` silent ones. */
export function onsetsIn(samples: Float32Array, gap = 32): number[] {
  const onsets: number[] = []
  let silent = Infinity
  for (const [frame, sample] of samples.entries()) {
    if (sample !== 0 && silent >= gap) onsets.push(frame)
    silent = sample === 0 ? silent + 1 : 0
  }
  return onsets
}

/** Strength of one frequency in a stretch (Goertzel), as the amplitude of a sine. */
export function strengthOf(
  samples: Float32Array,
  hz: number,
  sampleRate: number,
  from = 0,
  to = samples.length,
): number {
  const count = to - from
  let re = 0
  let im = 0
  let total = 0
  for (let i = 0; i < count; i++) {
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / count)
    const angle = (2 * Math.PI * hz * i) / sampleRate
    const sample = (samples[from + i] ?? 0) * weight
    re += sample * Math.cos(angle)
    im += sample * Math.sin(angle)
    total += weight
  }
  return (2 * Math.hypot(re, im)) / total
}
