import { BLOCK } from '../../strip.ts'

export const SAMPLE_RATE = 48_000

/** Both sides of a stretch of sound. */
export interface Stereo {
  readonly left: Float64Array
  readonly right: Float64Array
}

type Process = (left: Float64Array, right: Float64Array, count: number, frame: number) => void

/** Writes `sampleAt` for each frame to both sides. */
export const stereo = (length: number, sampleAt: (frame: number) => number): Stereo => {
  const left = Float64Array.from({ length }, (_, frame) => sampleAt(frame))
  return { left, right: left.slice() }
}

export const silence = (length: number): Stereo => stereo(length, () => 0)

export const sineAt = (hz: number, amplitude: number) => (frame: number) =>
  amplitude * Math.sin((2 * Math.PI * hz * frame) / SAMPLE_RATE)

/** A sawtooth that is not limited to a band. */
export const sawAt = (hz: number, amplitude: number) => (frame: number) =>
  amplitude * (2 * (((hz * frame) / SAMPLE_RATE) % 1) - 1)

/** White noise, -amplitude to amplitude; the same for the same seed. (Park and Miller, 1988.) */
export const noiseAt = (amplitude: number, seed = 1) => {
  const noise = { state: seed }
  return () => {
    noise.state = (noise.state * 48_271) % 0x7fff_ffff
    return amplitude * ((2 * noise.state) / 0x7fff_ffff - 1)
  }
}

/** Runs an effect over a stretch, block by block, in place. `before` is called with the first frame of each block. */
export function run(
  process: Process,
  { left, right }: Stereo,
  before: (frame: number) => void = () => undefined,
): Stereo {
  for (let from = 0; from < left.length; from += BLOCK) {
    const to = Math.min(left.length, from + BLOCK)
    before(from)
    process(left.subarray(from, to), right.subarray(from, to), to - from, from)
  }
  return { left, right }
}

/** What an effect with a send adds to silence. */
export function runSend(
  process: (
    send: Stereo,
    left: Float64Array,
    right: Float64Array,
    count: number,
    frame: number,
  ) => void,
  send: Stereo,
  before?: (frame: number) => void,
): Stereo {
  return run(
    (left, right, count, frame) => {
      const sent = {
        left: send.left.subarray(frame, frame + count),
        right: send.right.subarray(frame, frame + count),
      }
      process(sent, left, right, count, frame)
    },
    silence(send.left.length),
    before,
  )
}

/** Largest step from one sample to the next. */
export function largestStep(samples: Float64Array, from = 1, to = samples.length): number {
  let largest = 0
  for (let i = Math.max(1, from); i < to; i++) {
    largest = Math.max(largest, Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0)))
  }
  return largest
}

export function energyOf(samples: Float64Array, from = 0, to = samples.length): number {
  let energy = 0
  for (let i = from; i < to; i++) energy += (samples[i] ?? 0) ** 2
  return energy
}

/** Root mean square. */
export const loudnessOf = (samples: Float64Array, from = 0, to = samples.length): number =>
  Math.sqrt(energyOf(samples, from, to) / (to - from))

export const toDb = (ratio: number): number => 20 * Math.log10(ratio)

/** Ordinary sound with all that must not be in it. */
export const poisoned = (length: number): Stereo => {
  const sound = stereo(length, noiseAt(0.5))
  for (const [at, poison] of [NaN, Infinity, -Infinity, 1e300, -1e300].entries()) {
    sound.left.fill(poison, 300 * (at + 1), 300 * (at + 1) + 40)
    sound.right.fill(poison, 300 * (at + 1) + 20, 300 * (at + 1) + 60)
  }
  return sound
}

export const areFinite = ({ left, right }: Stereo): boolean =>
  left.every(Number.isFinite) && right.every(Number.isFinite)

/** Whether two stretches are equal to the last bit. (Vitest would compare them slowly, and tell of differences for minutes.) */
export const areSame = (one: Float64Array, other: Float64Array): boolean =>
  one.length === other.length && one.every((sample, frame) => Object.is(sample, other[frame]))

/** The same of both sides. */
export const areBothSame = (one: Stereo, other: Stereo): boolean =>
  areSame(one.left, other.left) && areSame(one.right, other.right)
