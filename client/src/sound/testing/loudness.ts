import type { Pcm } from '../render.ts'

const WINDOW_SECONDS = 0.1

/** Loudness of what is played rather than of the rests: mean power of the louder half of its tenths of a second, in dB. */
export function loudnessDb({ left, right, sampleRate }: Pcm): number {
  const size = Math.round(WINDOW_SECONDS * sampleRate)
  const powers = Array.from({ length: Math.floor(left.length / size) }, (_, index) =>
    powerOf(left, right, index * size, (index + 1) * size),
  )
  powers.sort((one, other) => other - one)
  const sounding = powers.filter((power) => power > (powers[0] ?? 0) / 1000)
  const loud = sounding.slice(0, Math.ceil(sounding.length / 2))
  return 10 * Math.log10(loud.reduce((sum, power) => sum + power, 0) / loud.length)
}

function powerOf(left: Float32Array, right: Float32Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum += (left[at] ?? 0) ** 2 + (right[at] ?? 0) ** 2
  return sum / (2 * (to - from))
}
