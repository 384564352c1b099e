import { INITIAL_SOUND } from '../../../sequence/track-sound.ts'
import { passFader } from '../fader.ts'
import { createStrip, type BeatPlace, type Strip } from '../strip.ts'
import { hzToPitch } from '../tuning.ts'
import type { Voice } from '../voice.ts'
import type { Voices } from '../voices.ts'

export const SAMPLE_RATE = 48_000
export const SOUND = { ...INITIAL_SOUND, sustain: 1, attackSeconds: 0.01, releaseSeconds: 1 }

export const strips = (count: number): Strip[] =>
  Array.from({ length: count }, () => createStrip(SOUND))

const PLACE: BeatPlace = { beat: 0, beatsPerFrame: 1 / 24_000 }

export const begin = (
  voices: Voices,
  strip: Strip,
  pitch: number,
  velocity = 100,
  offset = 0,
): Voice | undefined => voices.begin(strip, { pitch, velocity, offset, seed: pitch })

/** Renders blocks and hands back what the strips gave. */
export function play(voices: Voices, all: readonly Strip[], blocks = 1): Float64Array {
  const out = new Float64Array(blocks * 128)
  for (let block = 0; block < blocks; block++) {
    const left = out.subarray(block * 128, (block + 1) * 128)
    voices.render(128, PLACE)
    for (const strip of all.filter(({ isReady }) => isReady)) {
      const own = new Float64Array(128)
      passFader(strip, own, new Float64Array(128), 128)
      for (const [at, sample] of own.entries()) left[at] = (left[at] ?? 0) + sample
    }
  }
  return out
}

export function largestLeap(samples: Float64Array): number {
  let leap = 0
  for (let i = 1; i < samples.length; i++) {
    leap = Math.max(leap, Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0)))
  }
  return leap
}

/** Frames between the places where the samples rise through zero, over a stretch. */
export function periodOf(samples: Float64Array, from: number, to: number): number {
  const rises: number[] = []
  for (let at = from + 1; at < to; at++) {
    const [before = 0, here = 0] = [samples[at - 1], samples[at]]
    if (before < 0 && here >= 0) rises.push(at - here / (here - before))
  }
  return ((rises.at(-1) ?? NaN) - (rises[0] ?? NaN)) / (rises.length - 1)
}

export const centsOff = (period: number, pitch: number): number =>
  100 * (hzToPitch(SAMPLE_RATE / period) - pitch)
