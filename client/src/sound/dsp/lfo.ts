import type { LfoShape } from '../../sequence/synth-sound.ts'
import { hashToShare, mixHash } from './hash.ts'

/**
 * A slow wave where the song stands: everybody's LFO is at the same place.
 *
 * @param cycles  since beat 0; may be negative
 * @param seed  of the track, for what is random: a new level for each cycle
 * @returns -1 to 1
 */
export function lfoAt(shape: LfoShape, cycles: number, seed: number): number {
  const whole = Math.floor(cycles)
  const phase = cycles - whole
  switch (shape) {
    case 'sine':
      return Math.sin(2 * Math.PI * phase)
    case 'triangle':
      return phase < 0.25 ? 4 * phase : phase < 0.75 ? 2 - 4 * phase : 4 * phase - 4
    case 'saw':
      return 1 - 2 * phase
    case 'square':
      return phase < 0.5 ? 1 : -1
    case 'random':
      return 2 * hashToShare(mixHash(seed, whole | 0)) - 1
  }
}
