import type { LfoShape } from '../../sequence/synth-sound.ts'
import { hashToShare, mixHash } from './hash.ts'

/**
 * A slow wave where the song stands: everybody's LFO is at the same place.
 *
 * @param cycles  since beat 0; may be negative
 * @param seed  of the track, for what is random: a new level for each cycle
 * @param edge  how long a leap takes, as a share of the cycle, so that it does not click
 * @returns -1 to 1
 */
export function lfoAt(shape: LfoShape, cycles: number, seed: number, edge = 0): number {
  const whole = Math.floor(cycles)
  const phase = cycles - whole
  switch (shape) {
    case 'sine':
      return Math.sin(2 * Math.PI * phase)
    case 'triangle':
      return phase < 0.25 ? 4 * phase : phase < 0.75 ? 2 - 4 * phase : 4 * phase - 4
    case 'saw':
      return leap(-1, 1 - 2 * phase, phase, edge)
    case 'square':
      return phase < 0.5 ? leap(-1, 1, phase, edge) : leap(1, -1, phase - 0.5, edge)
    case 'random':
      return leap(drawn(seed, whole - 1), drawn(seed, whole), phase, edge)
  }
}

const drawn = (seed: number, cycle: number): number => 2 * hashToShare(mixHash(seed, cycle | 0)) - 1

/** From one level to the next, within the edge. */
const leap = (from: number, to: number, phase: number, edge: number): number =>
  phase < edge ? from + ((to - from) * phase) / edge : to
