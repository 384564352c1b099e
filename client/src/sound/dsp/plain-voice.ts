import type { SynthSound } from '../../sequence/synth-sound.ts'
import type { FilterShape } from './filter.ts'
import type { Voice } from './voice.ts'
import { CYCLE } from './wavetables.ts'

/** Whether a sound is one oscillator through two poles of a low-pass, as most are. @param width  of a square */
export function hasPlainSound({ strip, waveform }: Voice, width: number): boolean {
  const { levelB, ring, sub, noise } = strip.sound
  if (levelB + ring + sub + noise > 0) return false
  if (waveform === 'square' && width !== 0.5) return false
  return isPlainFilter(strip.sound)
}

export const isPlainFilter = ({ filterMode, filterSlope }: SynthSound): boolean =>
  filterMode === 'lowpass' && filterSlope === '12'

/** Adds samples of such a voice to its strip: oscillator, filter and envelope in one loop, which takes half the time. */
export function addPlain(
  voice: Voice,
  table: Float32Array,
  { keep, pass, follow }: FilterShape,
  from: number,
  to: number,
): void {
  const { envelope, phases, filter: state, step } = voice
  const { left, right } = voice.strip
  const { factor, offset } = envelope
  // Half, since the low-pass is the sum of an integrator before and after.
  const amplitude = voice.amplitude * 0.5
  let { level } = envelope
  let phase = phases[0] ?? 0
  let low = state[0] ?? 0
  let band = state[1] ?? 0
  for (let i = from; i < to; i++) {
    phase += step
    if (phase >= CYCLE) phase -= CYCLE
    const place = phase | 0
    const below = table[place] ?? 0
    const rest = below + (phase - place) * ((table[place + 1] ?? 0) - below) - low
    const nextLow = low + pass * band + follow * rest
    band = keep * band + pass * rest
    level = level * factor + offset
    const sample = (low + nextLow) * level * amplitude
    low = nextLow
    left[i] = (left[i] ?? 0) + sample
    right[i] = (right[i] ?? 0) + sample
  }
  envelope.level = level
  phases[0] = phase
  state[0] = low
  state[1] = band
}

/** Adds the two sides of a wide voice through such a filter: both in one loop, for each waits where the other works. */
export function addTwoSides(
  voice: Voice,
  leftIn: Float64Array,
  rightIn: Float64Array,
  { keep, pass, follow }: FilterShape,
  from: number,
  to: number,
): void {
  const { envelope, filter: state } = voice
  const { left, right } = voice.strip
  const { factor, offset } = envelope
  const amplitude = voice.amplitude * 0.5
  let { level } = envelope
  let low = state[0] ?? 0
  let band = state[1] ?? 0
  let rightLow = state[4] ?? 0
  let rightBand = state[5] ?? 0
  for (let i = from; i < to; i++) {
    const rest = (leftIn[i] ?? 0) - low
    const rightRest = (rightIn[i] ?? 0) - rightLow
    const nextLow = low + pass * band + follow * rest
    const nextRightLow = rightLow + pass * rightBand + follow * rightRest
    band = keep * band + pass * rest
    rightBand = keep * rightBand + pass * rightRest
    level = level * factor + offset
    const gain = level * amplitude
    left[i] = (left[i] ?? 0) + (low + nextLow) * gain
    right[i] = (right[i] ?? 0) + (rightLow + nextRightLow) * gain
    low = nextLow
    rightLow = nextRightLow
  }
  envelope.level = level
  state[0] = low
  state[1] = band
  state[4] = rightLow
  state[5] = rightBand
}
