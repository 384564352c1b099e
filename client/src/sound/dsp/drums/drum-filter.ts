import { HIGHEST_SHARE } from '../filter.ts'
import type { FilterMode } from '../../../sequence/synth-sound.ts'
import { bendShape, type FilterShape } from '../filter.ts'
import { tangentOf } from './arithmetic.ts'

/** Of the sample rate; nearer to a half the filter would be bent too much. */

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
  bendShape(shape, mode, g, 1 / resonance)
}
