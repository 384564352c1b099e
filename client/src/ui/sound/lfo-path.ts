import { NOTE_BEATS, type LfoShape, type NoteValue } from '../../sequence/synth-sound.ts'
import { lfoAt } from '../../sound/dsp/lfo.ts'

/** Beats that a drawing shows. */
const SHOWN_BEATS = 4
const POINTS = 240
const FIELD = 100
const SEED = 7

/** A bar of an LFO as an SVG path on a field of 100 by 100, as high as it is deep. */
export function lfoPath(shape: LfoShape, rate: NoteValue, depth: number): string {
  const places = Array.from({ length: POINTS + 1 }, (_, index) => {
    const share = index / POINTS
    // What lies on the edge of a cycle belongs to the one before, or the last point would leap.
    const cycles = Math.max(0, (share * SHOWN_BEATS) / NOTE_BEATS[rate] - 1e-9)
    return `${round(share)} ${round(0.5 - 0.46 * depth * lfoAt(shape, cycles, SEED))}`
  })
  return `M${places.join('L')}`
}

const round = (share: number): number => Math.round(share * FIELD * 100) / 100
