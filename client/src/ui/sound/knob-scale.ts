import type { ParamRange } from '../../sequence/synth-sound.ts'

/** How a knob's turn relates to its value. */
export interface KnobScale extends ParamRange {
  /** `log` gives every octave of the value the same turn. */
  readonly curve: 'linear' | 'log'
}

/** @returns 0 (lowest) to 1 */
export function valueToTurn(scale: KnobScale, value: number): number {
  const kept = clampTo(scale, value)
  if (scale.curve === 'linear') return (kept - scale.min) / (scale.max - scale.min)
  return Math.log(kept / scale.min) / Math.log(scale.max / scale.min)
}

/** @param turn anything; kept within 0 to 1 */
export function turnToValue(scale: KnobScale, turn: number): number {
  const kept = Math.max(0, Math.min(1, turn))
  if (kept === 1) return scale.max
  if (scale.curve === 'linear') return scale.min + kept * (scale.max - scale.min)
  return scale.min * (scale.max / scale.min) ** kept
}

/** How far the keys of a slider turn it, by name of the key; undefined for other keys. */
export function turnOfKey(key: string, turn: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return turn + KEY_TURN
    case 'ArrowDown':
    case 'ArrowLeft':
      return turn - KEY_TURN
    case 'PageUp':
      return turn + PAGE_TURN
    case 'PageDown':
      return turn - PAGE_TURN
    case 'Home':
      return 0
    case 'End':
      return 1
    default:
      return undefined
  }
}

const KEY_TURN = 0.02
const PAGE_TURN = 0.1

const clampTo = (range: ParamRange, value: number): number =>
  Math.max(range.min, Math.min(range.max, value))
