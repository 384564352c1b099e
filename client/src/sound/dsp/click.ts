/** The sound of a metronome: one short blip, the last begun. */
export interface Click {
  /** @param offset  sample of the coming `mix` at which it begins, from 0; negative for one that is late */
  begin(accented: boolean, offset: number): void
  /** Adds the next `count` samples to both sides. @param level 0 to 1 */
  mix(left: Float64Array, right: Float64Array, count: number, level: number): void
}

const HERTZ = 1000
const ACCENT_HERTZ = 1500
/** Of full scale, at level 1. */
const PEAK = 0.6
const ACCENT_PEAK = 0.9
const DECAY_SECONDS = 0.008
/** By then it is 65 dB down. */
const LENGTH_SECONDS = 0.06

/** Kept in a record: a number that changes inside a closure becomes a new object with each change. */
interface Blip {
  /** Samples since it began; below 0 before. */
  at: number
  radians: number
  peak: number
}

export function createClick(sampleRate: number): Click {
  const length = Math.ceil(LENGTH_SECONDS * sampleRate)
  const decay = DECAY_SECONDS * sampleRate
  const radiansOf = (hertz: number): number => (2 * Math.PI * hertz) / sampleRate
  const blip: Blip = { at: length, radians: 0, peak: 0 }
  return {
    begin(accented, offset) {
      blip.at = -Math.max(0, offset)
      blip.radians = radiansOf(accented ? ACCENT_HERTZ : HERTZ)
      blip.peak = accented ? ACCENT_PEAK : PEAK
    },
    mix(left, right, count, level) {
      if (blip.at >= length) return
      for (let i = Math.max(0, -blip.at); i < count && blip.at + i < length; i++) {
        const n = blip.at + i
        // From the first sample on: the sine is one ahead.
        const sample = Math.sin(blip.radians * (n + 1)) * Math.exp(-n / decay) * blip.peak * level
        left[i] = (left[i] ?? 0) + sample
        right[i] = (right[i] ?? 0) + sample
      }
      blip.at += count
    },
  }
}
