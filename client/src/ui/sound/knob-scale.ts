import type { ParamRange } from '../../sequence/synth-sound.ts'

/** How a knob's turn relates to its value. */
export interface KnobScale extends ParamRange {
  /** `log` gives every octave of the value the same turn; `square` gives small values more room, from 0 on. */
  readonly curve: 'linear' | 'log' | 'square'
  /** What a hand turns it by at least; whoever types may stand in between. */
  readonly step?: number
  /** Whether nothing sounds in between, so that what is typed goes to the nearest step too. */
  readonly isStepped?: true
  /** Where the knob does nothing, if that is not at its lower end. */
  readonly middle?: number
}

/** @returns 0 (lowest) to 1 */
export function valueToTurn(scale: KnobScale, value: number): number {
  const kept = clampTo(scale, value)
  const share = (kept - scale.min) / (scale.max - scale.min)
  switch (scale.curve) {
    case 'linear':
      return share
    case 'square':
      return Math.sqrt(share)
    case 'log':
      return Math.log(kept / scale.min) / Math.log(scale.max / scale.min)
  }
}

/** @param turn anything; kept within 0 to 1 */
export function turnToValue(scale: KnobScale, turn: number): number {
  const kept = Math.max(0, Math.min(1, turn))
  if (kept === 1) return scale.max
  const span = scale.max - scale.min
  switch (scale.curve) {
    case 'linear':
      return toStep(scale, scale.min + kept * span)
    case 'square':
      return toStep(scale, scale.min + kept * kept * span)
    case 'log':
      return toStep(scale, scale.min * (scale.max / scale.min) ** kept)
  }
}

/** Where a turn of the hand leads from a value: by at least a step, however small the turn. */
export function turnedBy(scale: KnobScale, value: number, turn: number): number {
  const next = turnToValue(scale, valueToTurn(scale, value) + turn)
  if (scale.step === undefined || turn === 0) return next
  const isMoved = turn > 0 ? next > value : next < value
  return isMoved ? next : clampTo(scale, toStep(scale, value + Math.sign(turn) * scale.step))
}

/** Where the keys of a slider lead from a value, by name of the key; undefined for other keys. */
export function valueOfKey(scale: KnobScale, key: string, value: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return turnedBy(scale, value, KEY_TURN)
    case 'ArrowDown':
    case 'ArrowLeft':
      return turnedBy(scale, value, -KEY_TURN)
    case 'PageUp':
      return turnedBy(scale, value, PAGE_TURN)
    case 'PageDown':
      return turnedBy(scale, value, -PAGE_TURN)
    case 'Home':
      return scale.min
    case 'End':
      return scale.max
    default:
      return undefined
  }
}

const KEY_TURN = 0.02
const PAGE_TURN = 0.1

const clampTo = (range: ParamRange, value: number): number =>
  Math.max(range.min, Math.min(range.max, value))

/** The nearest step, or the value where there are none. */
export function toStep(scale: KnobScale, value: number): number {
  const { step } = scale
  if (step === undefined) return value
  return clampTo(scale, Math.round(value / step) * step)
}
