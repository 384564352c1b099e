import type { FilterMode } from '../../../sequence/synth-sound.ts'
import type { FilterShape } from '../filter.ts'
import { tangentOf } from './arithmetic.ts'

/** Of the sample rate; nearer to a half the filter would be bent too much. */
const HIGHEST_SHARE = 0.45

/**
 * Shapes the state variable filter as `shapeFilter` does, but once a hit, for any cutoff, and alike in every browser.
 *
 * @param resonance  Q
 */
export function shapeDrumFilter(
  shape: FilterShape,
  mode: FilterMode,
  hz: number,
  resonance: number,
  sampleRate: number,
): void {
  const g = tangentOf(Math.PI * Math.min(HIGHEST_SHARE, hz / sampleRate))
  const k = 1 / resonance
  shape.a1 = 1 / (1 + g * (g + k))
  shape.a2 = g * shape.a1
  shape.a3 = g * shape.a2
  shape.input = mode === 'highpass' || mode === 'notch' ? 1 : 0
  shape.band = mode === 'lowpass' ? 0 : mode === 'bandpass' ? k : -k
  shape.low = mode === 'lowpass' ? 1 : mode === 'highpass' ? -1 : 0
}
