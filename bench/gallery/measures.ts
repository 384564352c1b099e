import { peakOf } from '../../client/src/sound/testing/listen.ts'
import { loudnessDb } from '../../client/src/sound/testing/loudness.ts'
import type { Pcm } from '../../client/src/sound/render.ts'
import { spectrumAt } from './spectrum.ts'

/** What can be said of a sound in numbers. */
export interface Measures {
  /** Of the louder half of the phrase, in dB below full scale. */
  readonly loudnessDb: number
  readonly peakDb: number
  readonly crestDb: number
  /** Mean of all samples, as a share of their root mean square. */
  readonly offset: number
  readonly centroidHz: number
  /** Seconds after the end of the music until it is below -80 dB. */
  readonly tailSeconds: number
  /** Largest step from one sample to the next, as a share of the peak. */
  readonly steepest: number
  /** How alike its two sides are: 1 the same, 0 nothing in common. */
  readonly likeness: number
  /** Where its power lies, in dB, and how its level moves, in dB: what tells it from others. */
  readonly bands: readonly number[]
  readonly envelope: readonly number[]
}

const HOP_SECONDS = 0.05
const FLOOR_DB = -60
/** After the music: how a sound dies away tells it from others too. */
const TAIL_SECONDS = 1
const TAIL_PEAK = 1e-4
const LOWEST_HZ = 30
const BANDS_AN_OCTAVE = 3
const BANDS = 28

export function measure(pcm: Pcm, musicSeconds: number): Measures {
  const { left, right, sampleRate } = pcm
  const mid = left.map((sample, frame) => (sample + (right[frame] ?? 0)) / 2)
  const peak = Math.max(peakOf(left), peakOf(right))
  const loudness = loudnessDb(pcm)
  const rms = Math.sqrt(mean(left, (sample) => sample * sample))
  const hop = Math.round(HOP_SECONDS * sampleRate)
  const bandPowers = new Float64Array(BANDS)
  let weighed = 0
  let total = 0
  for (let at = 0; at < musicSeconds * sampleRate; at += hop) {
    const { power, hzPerBin } = spectrumAt(mid, at, sampleRate)
    power.forEach((value, bin) => {
      const band = Math.floor(BANDS_AN_OCTAVE * Math.log2((bin * hzPerBin) / LOWEST_HZ))
      if (band >= 0 && band < BANDS) bandPowers[band] = (bandPowers[band] ?? 0) + value
      weighed += value * bin * hzPerBin
      total += value
    })
  }
  return {
    loudnessDb: loudness,
    peakDb: 20 * Math.log10(peak),
    crestDb: 20 * Math.log10(peak) - loudness,
    offset: Math.abs(mean(left, (sample) => sample)) / rms,
    centroidHz: weighed / total,
    tailSeconds: lastHeard(pcm) / sampleRate - musicSeconds,
    steepest: steepestOf(left) / peak,
    likeness: likenessOf(left, right),
    bands: relativeDb([...bandPowers]),
    envelope: relativeDb(
      envelopeOf(mid.subarray(0, (musicSeconds + TAIL_SECONDS) * sampleRate), hop),
    ),
  }
}

/** Root mean square difference of two sounds in dB, half by where their power lies and half by how it moves. */
export const distanceDb = (one: Measures, other: Measures): number =>
  (rmsDifference(one.bands, other.bands) + rmsDifference(one.envelope, other.envelope)) / 2

function mean(samples: Float32Array, of: (sample: number) => number): number {
  let sum = 0
  for (const sample of samples) sum += of(sample)
  return sum / samples.length
}

function steepestOf(samples: Float32Array): number {
  let most = 0
  for (let at = 1; at < samples.length; at++) {
    most = Math.max(most, Math.abs((samples[at] ?? 0) - (samples[at - 1] ?? 0)))
  }
  return most
}

function lastHeard({ left, right }: Pcm): number {
  let frame = left.length - 1
  while (frame > 0 && Math.max(Math.abs(left[frame] ?? 0), Math.abs(right[frame] ?? 0)) < TAIL_PEAK)
    frame--
  return frame
}

function likenessOf(left: Float32Array, right: Float32Array): number {
  let [both, leftOnly, rightOnly] = [0, 0, 0]
  for (let at = 0; at < left.length; at++) {
    const [l, r] = [left[at] ?? 0, right[at] ?? 0]
    both += l * r
    leftOnly += l * l
    rightOnly += r * r
  }
  return both / Math.sqrt(leftOnly * rightOnly)
}

const envelopeOf = (samples: Float32Array, hop: number): readonly number[] =>
  Array.from({ length: Math.floor(samples.length / hop) }, (_, index) =>
    mean(samples.subarray(index * hop, (index + 1) * hop), (sample) => sample * sample),
  )

/** Powers in dB below the largest of them. */
function relativeDb(powers: readonly number[]): readonly number[] {
  const most = Math.max(...powers)
  return powers.map((power) => Math.max(FLOOR_DB, 10 * Math.log10(power / most)))
}

const rmsDifference = (one: readonly number[], other: readonly number[]): number =>
  Math.sqrt(
    one.reduce((sum, value, index) => sum + (value - (other[index] ?? 0)) ** 2, 0) / one.length,
  )
