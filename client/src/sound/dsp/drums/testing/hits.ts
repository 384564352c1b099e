import type { DrumPatch, DrumPiece } from '../../../../sequence/drum-sound.ts'
import { BLOCK } from '../../strip.ts'
import { createDrumVoices, type DrumVoices } from '../drum-voices.ts'

export const SAMPLE_RATE = 48_000

/** What both sides gave, as the page would get it. */
export interface Sides {
  readonly left: Float32Array
  readonly right: Float32Array
}

/** Renders whole blocks. @param each  is told of every block before it is rendered */
export function play(
  voices: DrumVoices,
  seconds: number,
  each: (block: number) => void = () => undefined,
  sampleRate = SAMPLE_RATE,
): Sides {
  const blocks = Math.ceil((seconds * sampleRate) / BLOCK)
  const left = new Float64Array(blocks * BLOCK)
  const right = new Float64Array(blocks * BLOCK)
  for (let block = 0; block < blocks; block++) {
    const from = block * BLOCK
    each(block)
    voices.render(left.subarray(from, from + BLOCK), right.subarray(from, from + BLOCK), BLOCK)
  }
  return { left: Float32Array.from(left), right: Float32Array.from(right) }
}

export interface Hit {
  readonly velocity?: number
  readonly offset?: number
  readonly seed?: number
  readonly seconds?: number
  readonly sampleRate?: number
}

/** One hit, alone. */
export function hit(piece: DrumPiece, patch: DrumPatch, options: Hit = {}): Sides {
  const { velocity = 127, offset = 0, seed = 7, seconds = 1, sampleRate = SAMPLE_RATE } = options
  const voices = createDrumVoices(sampleRate)
  voices.begin(piece, patch, velocity, offset, seed, 0)
  return play(voices, seconds, undefined, sampleRate)
}

/** The largest step from one sample to the next. */
export function largestLeap(samples: Float32Array, from = 0, to = samples.length): number {
  let leap = 0
  for (let i = from + 1; i < to; i++) {
    leap = Math.max(leap, Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0)))
  }
  return leap
}

/** How much of the sound is treble: 0 to 2, rising with frequency. */
export function brightnessOf(samples: Float32Array): number {
  let steps = 0
  let power = 0
  for (let i = 1; i < samples.length; i++) {
    steps += ((samples[i] ?? 0) - (samples[i - 1] ?? 0)) ** 2
    power += (samples[i] ?? 0) ** 2
  }
  return Math.sqrt(steps / power)
}

type Coefficients = readonly [number, number, number, number, number]
/** How the ear weighs frequencies, at 48 kHz. (ITU-R BS.1770-5, tables 1 and 2.) */
const EAR: readonly Coefficients[] = [
  [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585],
  [1, -2, 1, -1.99004745483398, 0.99007225036621],
]
const WINDOW = 0.2 * SAMPLE_RATE

/** Loudness of the loudest fifth of a second, in dB (LUFS but for the window). */
export function loudestOf({ left, right }: Sides): number {
  const one = weigh(left)
  const other = weigh(right)
  const power = (at: number): number => (one[at] ?? 0) ** 2 + (other[at] ?? 0) ** 2
  let sum = 0
  let most = 0
  for (let i = 0; i < one.length; i++) {
    sum += power(i) - (i < WINDOW ? 0 : power(i - WINDOW))
    most = Math.max(most, sum)
  }
  return -0.691 + 10 * Math.log10(most / WINDOW)
}

function weigh(samples: Float32Array): Float64Array {
  let weighed = Float64Array.from(samples)
  for (const [b0, b1, b2, a1, a2] of EAR) {
    let one = 0
    let two = 0
    weighed = weighed.map((sample) => {
      const out = b0 * sample + one
      one = b1 * sample - a1 * out + two
      two = b2 * sample - a2 * out
      return out
    })
  }
  return weighed
}
