import type { SynthSound } from '../../sequence/synth-sound.ts'

/** How many oscillators of one waveform a sound has. */
export const unisonOf = (sound: SynthSound): number => Number(sound.unison)

/** Writes for each of them how much faster it goes. */
export function writeRatios(ratios: Float64Array, sound: SynthSound): void {
  const count = unisonOf(sound)
  for (let at = 0; at < count; at++) {
    const place = count === 1 ? 0 : (2 * at) / (count - 1) - 1
    ratios[at] = Math.pow(2, (place * sound.unisonCents) / 1200)
  }
}

/**
 * The same for one of a voice's `unison` oscillators: of a voice that has fewer of them than its sound, or more, they are
 * those that lie as far apart, so that their mean is in tune.
 */
export function ratioOf(
  ratios: Float64Array,
  sound: SynthSound,
  at: number,
  unison: number,
): number {
  if (unison === 1) return 1
  return ratios[Math.round((at * (unisonOf(sound) - 1)) / (unison - 1))] ?? 1
}
